package io.adjustbatch.sandbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is sent back.
 *
 * @param retryAfter for the header of that name; null for none
 */
record Answer(
        int status,
        String contentType,
        String body,
        @Nullable Duration retryAfter) {

    static final Answer OK = json(200, "{\"status\":\"OK\"}");
    static final Answer NOTHING = new Answer(204, "text/plain", "", null);

    static Answer json(int status, String body) {
        return new Answer(status, "application/json", body, null);
    }

    /** An answer that is not Adjust's own. */
    static Answer text(int status, String body) {
        return new Answer(status, "text/plain", body, null);
    }

    static Answer of(Fault.Reply reply) {
        String contentType = reply.body().startsWith("{") ? "application/json" : "text/html";
        return new Answer(reply.status(), contentType, reply.body(), reply.retryAfter());
    }
}
