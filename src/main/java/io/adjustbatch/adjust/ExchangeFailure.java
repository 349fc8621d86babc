package io.adjustbatch.adjust;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.HttpException;

/**
 * What a failure of the wire means. If not one byte of the request had left, Adjust cannot have processed it; in every
 * other case it may have. The words are ours: those of an exception may hold anything.
 */
final class ExchangeFailure {

    private ExchangeFailure() {}

    /**
     * @param cause why there is no answer
     * @param requestLeft false only if provably no byte of the request was written
     */
    static Outcome outcome(Exception cause, boolean requestLeft) {
        return requestLeft
                ? fault(ErrorClass.AMBIGUOUS, afterSending(cause))
                : fault(ErrorClass.UNAVAILABLE, beforeSending(cause));
    }

    /** The answer, or its end, did not come in time. */
    static Outcome timeout(Duration timeout, boolean requestLeft) {
        return requestLeft
                ? fault(ErrorClass.AMBIGUOUS, "no whole answer within " + timeout.toMillis() + " ms")
                : fault(ErrorClass.UNAVAILABLE, "no connection within " + timeout.toMillis() + " ms");
    }

    /** The client was closed before an answer came. */
    static Outcome closed(boolean requestLeft) {
        return requestLeft
                ? fault(ErrorClass.AMBIGUOUS, "stopped while waiting for the answer")
                : fault(ErrorClass.UNAVAILABLE, "stopped before the request was sent");
    }

    private static String beforeSending(Exception cause) {
        if (cause instanceof UnknownHostException) {
            return "the host's name is unknown: check adjust.base-url and the name service";
        }
        if (cause instanceof ConnectTimeoutException) {
            return "no connection within " + ClientSettings.CONNECT_TIMEOUT.toSeconds() + " s";
        }
        if (cause instanceof ConnectException) {
            return "the connection was refused";
        }
        if (cause instanceof SSLException) {
            return "the TLS handshake failed: check certificates and adjust.base-url";
        }
        return cause instanceof TimeoutException
                ? "no connection became free in time"
                : "the connection broke before the request was sent";
    }

    private static String afterSending(Exception cause) {
        if (cause instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        return cause instanceof HttpException
                ? "the answer is not HTTP"
                : "the connection broke before the whole answer came";
    }

    private static Outcome fault(ErrorClass errorClass, String message) {
        return new Outcome(errorClass, FaultScope.ROW, null, message, null);
    }
}
