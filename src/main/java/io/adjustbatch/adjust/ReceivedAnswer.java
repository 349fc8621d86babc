package io.adjustbatch.adjust;

import java.nio.ByteBuffer;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.util.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/** What has come of an answer so far. Belongs to the connection's thread. */
final class ReceivedAnswer {

    /** More than this of a body is read, but not kept: Adjust's answers are far smaller. */
    private static final int LONGEST_BODY = 64 * 1024;

    private final ByteArrayBuffer body = new ByteArrayBuffer(64);
    private int status;
    private @Nullable String retryAfter;

    void start(HttpResponse response) {
        status = response.getCode();
        Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        retryAfter = header == null ? null : header.getValue();
    }

    /** Takes all of a part of the body, and keeps what there is room for. */
    void append(ByteBuffer part) {
        int room = LONGEST_BODY - body.length();
        body.append(part.remaining() > room ? part.slice().limit(room) : part);
        part.position(part.limit());
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body.toByteArray();
    }

    @Nullable
    String retryAfter() {
        return retryAfter;
    }
}
