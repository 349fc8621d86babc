package io.adjustbatch.adjust;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of the S2S API means, from its status and its message together: Adjust answers a bad token with 202,
 * a captive portal answers 200 with HTML, and one status carries several meanings (dev.adjust.com, "Server-to-server
 * API", "Error messages"; "S2S security"). An answer that nobody knows never counts as delivered, and condemns no row.
 * Pure; threads may share it.
 */
final class AnswerClassifier {

    private static final byte[] STATUS_OK = "{\"status\":\"OK\"}".getBytes(StandardCharsets.US_ASCII);
    private static final Outcome DELIVERED = new Outcome(ErrorClass.DELIVERED, FaultScope.ROW, 200, null, null);

    /**
     * @param status of the final answer, never 1xx
     * @param body as received, at most its first 64 KiB
     * @param retryAfter the header {@code Retry-After}; null if absent
     * @param now against which a date in that header is counted
     */
    Outcome classify(int status, byte[] body, @Nullable String retryAfter, Instant now) {
        if (status == 200) {
            return Arrays.equals(body, STATUS_OK) ? DELIVERED : success(AnswerBody.of(body));
        }
        if (status == 429) {
            return new Outcome(
                    ErrorClass.THROTTLED,
                    FaultScope.ROW,
                    status,
                    "Adjust asks for fewer requests (HTTP 429)",
                    RetryAfter.parse(retryAfter, now));
        }
        AnswerBody answer = AnswerBody.of(body);
        RecognizedMessage message = answer.recognized();
        if (status < 300) {
            return oddSuccess(status, message);
        }
        if (message != null && decidesWith(message, status)) {
            return recognized(message, status);
        }
        return byStatus(status, answer, RetryAfter.parse(retryAfter, now));
    }

    private static Outcome success(AnswerBody answer) {
        boolean delivered = switch (answer.form()) {
            case EMPTY, OK -> true;
            case OBJECT ->
                !answer.hasError()
                        && (answer.status() == null || answer.status().strip().equalsIgnoreCase("OK"));
            case OTHER -> false;
        };
        if (!delivered) {
            return fault(ErrorClass.AMBIGUOUS, FaultScope.ENDPOINT, 200, "HTTP 200 without Adjust's confirmation");
        }
        RecognizedMessage message = RecognizedMessage.in(answer.message());
        return message != null && message.errorClass() == ErrorClass.DELIVERED ? recognized(message, 200) : DELIVERED;
    }

    private static Outcome oddSuccess(int status, @Nullable RecognizedMessage message) {
        if (status == 202 && message != null && message.errorClass() == ErrorClass.AUTH_FAULT) {
            return recognized(message, status);
        }
        return fault(
                ErrorClass.AMBIGUOUS,
                FaultScope.ENDPOINT,
                status,
                "an answer that Adjust does not document" + http(status));
    }

    // A message that Adjust refuses with wins over any status. But a redirect's or a proxy's text is not Adjust's, and
    // an internal error is one only with Adjust's own status for it.
    private static boolean decidesWith(RecognizedMessage message, int status) {
        return switch (message.errorClass()) {
            case DELIVERED -> false;
            case SERVER_ERROR -> status == 500;
            default -> status >= 400 && status != 407;
        };
    }

    private static Outcome byStatus(int status, AnswerBody answer, @Nullable Duration retryAfter) {
        return switch (status) {
            case 400 ->
                answer.isEnvelope()
                        ? fault(ErrorClass.ROW_FAULT, FaultScope.ROW, status, "unrecognised refusal" + http(status))
                        : notAdjusts(status);
            case 401 -> fault(ErrorClass.AUTH_FAULT, FaultScope.APP_ENDPOINT, status, unauthorized(answer));
            case 407 ->
                fault(
                        ErrorClass.AUTH_FAULT,
                        FaultScope.APP_ENDPOINT,
                        status,
                        "a proxy asks for a login" + http(status));
            case 408 ->
                fault(ErrorClass.AMBIGUOUS, FaultScope.ROW, status, "the server gave up waiting" + http(status));
            case 413 -> fault(ErrorClass.ROW_FAULT, FaultScope.ROW, status, RecognizedMessage.REQUEST_TOO_LARGE.text());
            case 451 ->
                answer.isEnvelope()
                        ? fault(
                                ErrorClass.OPTED_OUT,
                                FaultScope.ROW,
                                status,
                                "refused for legal reasons" + http(status))
                        : notAdjusts(status);
            case 503 ->
                new Outcome(
                        ErrorClass.UNAVAILABLE,
                        FaultScope.ROW,
                        status,
                        "unavailable for now" + http(status),
                        retryAfter);
            default -> byStatusFamily(status, answer);
        };
    }

    private static Outcome byStatusFamily(int status, AnswerBody answer) {
        if (status >= 300 && status < 400) {
            return fault(
                    ErrorClass.AUTH_FAULT,
                    FaultScope.APP_ENDPOINT,
                    status,
                    "redirected, which Adjust never does: check adjust.base-url" + http(status));
        }
        if (status == 500 && answer.isEnvelope()) {
            return fault(ErrorClass.SERVER_ERROR, FaultScope.ROW, status, "unrecognised error" + http(status));
        }
        if (status >= 500 && status < 600) {
            return fault(ErrorClass.AMBIGUOUS, FaultScope.ROW, status, "a server failed on the way" + http(status));
        }
        return notAdjusts(status);
    }

    private static String unauthorized(AnswerBody answer) {
        return MessageText.isSessionFailed(answer.error()) || MessageText.isSessionFailed(answer.message())
                ? "Session failed: the token lacks this endpoint's scope"
                : "not authorized (HTTP 401)";
    }

    private static Outcome notAdjusts(int status) {
        return fault(ErrorClass.UNRECOGNIZED, FaultScope.ENDPOINT, status, "not an answer of Adjust's" + http(status));
    }

    private static Outcome recognized(RecognizedMessage message, int status) {
        return fault(message.errorClass(), message.scope(), status, message.text());
    }

    private static Outcome fault(ErrorClass errorClass, FaultScope scope, int status, String message) {
        return new Outcome(errorClass, scope, status, message, null);
    }

    private static String http(int status) {
        return " (HTTP " + status + ")";
    }
}
