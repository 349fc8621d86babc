package io.adjustbatch.adjust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.util.Deadline;
import org.apache.hc.core5.util.DeadlineTimeoutException;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExchangeFailureTests {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new UnknownHostException("s3cr3t"), "the host's name is unknown", "the connection broke"),
                Arguments.of(new ConnectException("s3cr3t"), "the connection was refused", "the connection broke"),
                Arguments.of(
                        new HttpHostConnectException("s3cr3t"), "the connection was refused", "the connection broke"),
                Arguments.of(
                        new ConnectTimeoutException("s3cr3t", null), "no connection within 5 s", "no answer in time"),
                Arguments.of(new SSLHandshakeException("s3cr3t"), "the TLS handshake failed", "the connection broke"),
                Arguments.of(
                        DeadlineTimeoutException.from(Deadline.calculate(Timeout.ofSeconds(1))),
                        "no connection became free in time",
                        "the connection broke"),
                Arguments.of(
                        new ConnectionClosedException("s3cr3t"),
                        "the connection broke before the request was sent",
                        "the connection broke before the whole answer came"),
                Arguments.of(new IOException("s3cr3t"), "the connection broke", "the connection broke"),
                Arguments.of(new CancellationException("s3cr3t"), "the connection broke", "the connection broke"),
                Arguments.of(new SocketTimeoutException("s3cr3t"), "the connection broke", "no answer in time"),
                Arguments.of(new ProtocolException("s3cr3t"), "the connection broke", "the answer is not HTTP"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isAmbiguousExactlyIfTheRequestLeft(Exception cause, String before, String after) {
        Outcome unsent = ExchangeFailure.outcome(cause, false);
        Outcome sent = ExchangeFailure.outcome(cause, true);

        assertThat(unsent.errorClass()).isEqualTo(ErrorClass.UNAVAILABLE);
        assertThat(unsent.message()).startsWith(before).doesNotContain("s3cr3t");
        assertThat(sent.errorClass()).isEqualTo(ErrorClass.AMBIGUOUS);
        assertThat(sent.message()).startsWith(after).doesNotContain("s3cr3t");
    }
}
