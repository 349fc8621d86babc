package io.adjustbatch.sandbox;

import static io.adjustbatch.sandbox.Fault.Moment.AFTER_COUNTING;
import static io.adjustbatch.sandbox.Fault.Moment.BEFORE_COUNTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsIntegrationTests {

    private Sandbox sandbox;
    private Sender sender;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(Sender.settings());
        sender = new Sender(sandbox);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void delaysTheRightAnswer() throws Exception {
        sandbox.faults().next(1, new Fault.Delay(Duration.ofMillis(300), Duration.ofMillis(400)));
        long start = System.nanoTime();

        HttpResponse<String> answer = sender.send("/event", "");

        assertThat(answer.body()).isEqualTo("{\"status\":\"OK\"}");
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
        assertThat(sandbox.tally().faults()).isEqualTo(1);
    }

    @Test
    void answersTheNextRequestsOtherwise() throws Exception {
        sandbox.faults().next(2, Fault.Reply.of(503, "<html>busy</html>"));

        HttpResponse<String> first = sender.send("/event", "");
        HttpResponse<String> second = sender.send("/event", "");
        HttpResponse<String> third = sender.send("/event", "");

        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.body()).isEqualTo("<html>busy</html>");
        assertThat(first.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(third.statusCode()).isEqualTo(200);
        assertThat(sandbox.tally().acceptedRequests()).isEqualTo(1);
        assertThat(sandbox.tally().requests()).isEqualTo(3);
    }

    @Test
    void countsARequestWhoseAnswerIsReplaced() throws Exception {
        sandbox.faults().next(1, new Fault.Reply(504, "", null, AFTER_COUNTING));

        assertThat(sender.send("/event", "").statusCode()).isEqualTo(504);
        assertThat(sandbox.tally().acceptedRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"BEFORE_COUNTING, 0", "AFTER_COUNTING, 1"})
    void resetsTheConnection(Fault.Moment moment, long counted) throws Exception {
        sandbox.faults().next(1, new Fault.Reset(moment));

        assertThatThrownBy(() -> sender.send("/event", "")).isInstanceOf(IOException.class);
        assertThat(sandbox.tally().acceptedRequests()).isEqualTo(counted);
        assertThat(sender.send("/event", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"BEFORE_COUNTING, 0", "AFTER_COUNTING, 1"})
    void staysSilent(Fault.Moment moment, long counted) {
        sandbox.faults().next(1, new Fault.Stall(moment));
        var request = sender.form("/event", Sender.parameters("/event", "")).timeout(Duration.ofMillis(500));

        assertThatThrownBy(() -> sender.send(request)).isInstanceOf(HttpTimeoutException.class);
        assertThat(sandbox.tally().acceptedRequests()).isEqualTo(counted);
    }

    @Test
    void cutsTheAnswerInHalf() {
        sandbox.faults().next(1, new Fault.Cut());

        assertThatThrownBy(() -> sender.send("/event", ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("fixed content-length: 15, bytes received: 7");
        assertThat(sandbox.tally().acceptedRequests()).isEqualTo(1);
    }

    @Test
    void throttlesADeviceOncePerEndpoint() throws Exception {
        String throttled = "gps_adid=5a0e4a3c-91d1-4f6e-8b0d-000000000429";

        HttpResponse<String> first = sender.send("/event", throttled);

        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(sender.send("/event", throttled).statusCode()).isEqualTo(200);
        assertThat(sender.send("/ad_revenue", throttled).statusCode()).isEqualTo(429);
    }

    @Test
    void refusesADeviceTwiceAndThenRecovers() throws Exception {
        String unavailable = "gps_adid=5a0e4a3c-91d1-4f6e-8b0d-000000000503";

        assertThat(sender.send("/event", unavailable).statusCode()).isEqualTo(503);
        assertThat(sender.send("/event", unavailable).statusCode()).isEqualTo(503);
        assertThat(sender.send("/event", unavailable).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"REQUEST_TIMEOUT, 408, 0", "BAD_GATEWAY, 502, 0", "GATEWAY_TIMEOUT, 504, 1"})
    void answersADeviceAsItsScriptSays(Script script, int status, long counted) throws Exception {
        HttpResponse<String> answer = sender.send("/event", "gps_adid=5a0e4a3c-91d1-4f6e-8b0d-" + script.value());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("error");
        assertThat(sandbox.tally().acceptedRequests()).isEqualTo(counted);
    }

    @Test
    void breaksOffWithADeviceAsItsScriptSays() {
        var silent = sender.form("/event", Sender.parameters("/event", "gps_adid=" + Script.NO_ANSWER.value()))
                .timeout(Duration.ofMillis(500));

        assertThatThrownBy(() -> sender.send("/event", "gps_adid=" + Script.CONNECTION_RESET.value()))
                .isInstanceOf(IOException.class);
        assertThat(sandbox.tally().acceptedRequests()).isZero();
        assertThatThrownBy(() -> sender.send(silent)).isInstanceOf(HttpTimeoutException.class);
        assertThat(sandbox.tally().acceptedRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Script.class)
    void everyScriptAnswersOtherwiseThanOk(Script script) throws Exception {
        String change = switch (script.place()) {
                    case APP_TOKEN -> "app_token=";
                    case EVENT_TOKEN -> "event_token=";
                    case DEVICE -> "gps_adid=5a0e4a3c-91d1-4f6e-8b0d-";
                }
                + script.value();
        if (script == Script.EVENT_UNIQUE) {
            sender.send("/event", change);
        }

        int status;
        try {
            var request =
                    sender.form("/event", Sender.parameters("/event", change)).timeout(Duration.ofMillis(500));
            status = sender.send(request).statusCode();
        } catch (IOException broken) {
            status = 0;
        }

        assertThat(status).isNotEqualTo(200);
    }

    @Test
    void closesThoughRequestsWait() {
        sandbox.faults().next(1, new Fault.Stall(BEFORE_COUNTING));
        var request = sender.form("/event", Sender.parameters("/event", "")).timeout(Duration.ofMillis(300));
        assertThatThrownBy(() -> sender.send(request)).isInstanceOf(HttpTimeoutException.class);
        long start = System.nanoTime();

        sandbox.close();

        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void saysWhichPortIsTaken() {
        SandboxSettings taken = Sender.settings().withPort(sandbox.port());

        assertThatThrownBy(() -> Sandbox.start(taken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("127.0.0.1:" + sandbox.port());
    }
}
