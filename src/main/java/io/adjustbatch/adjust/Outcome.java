package io.adjustbatch.adjust;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt to send one row. A value, never an exception: the caller expects every one of them.
 *
 * @param errorClass what kind of end it came to; never a local class
 * @param scope how far a fault reaches
 * @param httpStatus null if no answer came
 * @param message Adjust's recognised message, or our own words for a fault of the connection; never text that a
 *     server chose freely, so that no token or device identifier can come along; null if there is nothing to say
 * @param retryAfter shortest wait the server asked for (RFC 9110, section 10.2.3); null if none
 */
public record Outcome(
        ErrorClass errorClass,
        FaultScope scope,
        @Nullable Integer httpStatus,
        @Nullable String message,
        @Nullable Duration retryAfter) {

    public Outcome {
        if (errorClass.isLocal()) {
            throw new IllegalArgumentException("an attempt cannot end in the local class " + errorClass);
        }
    }
}
