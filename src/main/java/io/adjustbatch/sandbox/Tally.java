package io.adjustbatch.sandbox;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the sandbox counted up to a moment: Adjust's side of the books. {@code GET /inspect} gives it as JSON.
 *
 * <p>Lists are sorted by their own fields in the order in which they stand. While requests are still coming in, a
 * request may be in one of the figures and not yet in another.
 *
 * @param requests that reached an endpoint, those lost by a fault included
 * @param faults requests that a fault or a script of a device other than a refusal struck
 * @param orderViolations events refused because a later one of the same device and event token was accepted before
 * @param accepted requests that count
 * @param refused requests that were answered with a refusal
 * @param references the sender's rows among the accepted requests; null unless they are recorded
 * @param warnings oddities in accepted requests, by name
 */
public record Tally(
        long requests,
        long faults,
        long orderViolations,
        List<Accepted> accepted,
        List<Refused> refused,
        @Nullable References references,
        Map<String, Long> warnings) {

    /**
     * Accepted requests of one kind.
     *
     * @param endpoint its path, as in {@code /event}
     * @param eventToken null but for events
     * @param currency null for requests without money
     * @param revenue the exact sum; zero for requests without money. A text in JSON, so that no reader rounds it
     */
    public record Accepted(
            String endpoint,
            String appToken,
            String environment,
            @Nullable String eventToken,
            @Nullable String currency,
            long count,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal revenue) {}

    /**
     * Requests refused for one reason.
     *
     * @param appToken null if the request had no well-formed one
     * @param message as in the answer, without the part that differs from request to request
     */
    public record Refused(String endpoint, @Nullable String appToken, int status, String message, long count) {}

    /**
     * Which rows were accepted, and which of them more than once.
     *
     * @param distinct different references
     * @param missing accepted requests without one
     * @param repeated references that were accepted more than once
     * @param repeatedExamples the first 100 of those, sorted
     */
    public record References(long distinct, long missing, long repeated, List<String> repeatedExamples) {}

    /** How many requests were accepted in all. */
    public long acceptedRequests() {
        return accepted.stream().mapToLong(Accepted::count).sum();
    }

    /** How many requests were refused in all. */
    public long refusedRequests() {
        return refused.stream().mapToLong(Refused::count).sum();
    }
}
