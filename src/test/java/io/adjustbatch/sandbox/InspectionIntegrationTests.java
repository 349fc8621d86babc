package io.adjustbatch.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.sandbox.Tally.Accepted;
import io.adjustbatch.sandbox.Tally.References;
import io.adjustbatch.sandbox.Tally.Refused;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InspectionIntegrationTests {

    private static final String APP = "4w565xzmb54d";

    private Sandbox sandbox;
    private Sender sender;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(Sender.settings().withReferenceParameter("row"));
        sender = new Sender(sandbox);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void addsMoneyExactlyPerAppEnvironmentTokenAndCurrency() throws Exception {
        sender.send("/event", "revenue=0.1&currency=EUR");
        sender.send("/event", "revenue=0.20&currency=EUR");
        sender.send("/event", "revenue=99999999999.123456789&currency=EUR");
        sender.send("/event", "revenue=5&currency=USD");
        sender.send("/event", "");
        sender.send("/event", "revenue=7&currency=EUR&environment=sandbox");
        sender.send("/event", "revenue=-7&currency=EUR");
        sender.send("/ad_revenue", "");
        sender.send("/ad_revenue", "-revenue&amount=0.0003");
        sender.send("/session", "");

        assertThat(sandbox.tally().accepted())
                .containsExactly(
                        accepted("/ad_revenue", "production", null, "USD", 2, "0.0005"),
                        accepted("/event", "production", "f0ob4r", null, 1, "0"),
                        accepted("/event", "production", "f0ob4r", "EUR", 3, "99999999999.423456789"),
                        accepted("/event", "production", "f0ob4r", "USD", 1, "5"),
                        accepted("/event", "sandbox", "f0ob4r", "EUR", 1, "7"),
                        accepted("/session", "production", null, null, 1, "0"));
        assertThat(sandbox.tally().refused()).containsExactly(new Refused("/event", APP, 400, "Invalid revenue", 1));
        assertThat(sandbox.tally().requests()).isEqualTo(10);
    }

    @Test
    void losesNothingBetweenThreads() throws Exception {
        long threads = 8;
        long each = 250;
        ExecutorService pool = Executors.newFixedThreadPool((int) threads);
        List<Future<?>> senders = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int number = thread;
            senders.add(pool.submit(() -> {
                for (int i = 0; i < each; i++) {
                    sender.send(
                            "/event",
                            "revenue=0.01&currency=EUR&callback_params={\"row\":\"" + number + ":" + i + "\"}");
                }
                return null;
            }));
        }
        for (Future<?> future : senders) {
            future.get();
        }
        pool.shutdown();

        assertThat(sandbox.tally().accepted())
                .containsExactly(accepted("/event", "production", "f0ob4r", "EUR", threads * each, "20.00"));
        assertThat(sandbox.tally().references()).isEqualTo(new References(threads * each, 0, 0, List.of()));
    }

    @Test
    void findsRowsAcceptedMoreThanOnce() throws Exception {
        for (String row : List.of("purchase:1", "purchase:2", "purchase:1", "purchase:3", "purchase:3", "purchase:3")) {
            sender.send("/event", "callback_params={\"row\":\"" + row + "\"}");
        }
        sender.send("/event", "callback_params={\"other\":\"purchase:1\"}");
        sender.send("/event", "callback_params={\"row\":\"purchase:2\"}&revenue=-1");

        assertThat(sandbox.tally().references())
                .isEqualTo(new References(3, 1, 2, List.of("purchase:1", "purchase:3")));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "created_at_unix=1772366400000, created_at_unix_in_milliseconds",
        "-created_at_unix,              no_time",
        "ip_address=2001:db8::1,        ip_address_is_not_ipv4",
        "device_name=,                  empty_parameter",
    })
    void warnsOfOddities(String changes, String warning) throws Exception {
        sender.send("/event", changes);

        assertThat(sandbox.tally().warnings()).isEqualTo(Map.of(warning, 1L));
    }

    @Test
    void tellsAllAsJson() throws Exception {
        sender.send("/event", "revenue=1.10&currency=EUR&callback_params={\"row\":\"purchase:1\"}");
        sender.send("/event", "-event_token");

        HttpResponse<String> answer = sender.send(sender.to("/inspect").GET());

        assertThat(answer.body()).isEqualToIgnoringWhitespace("""
                {"requests": 2, "faults": 0, "order_violations": 0,
                 "accepted": [{"endpoint": "/event", "app_token": "4w565xzmb54d", "environment": "production",
                   "event_token": "f0ob4r", "currency": "EUR", "count": 1, "revenue": "1.10"}],
                 "refused": [{"endpoint": "/event", "app_token": "4w565xzmb54d", "status": 400,
                   "message": "Invalid event token", "count": 1}],
                 "references": {"distinct": 1, "missing": 0, "repeated": 0, "repeated_examples": []},
                 "warnings": {}}
                """);
    }

    @Test
    void forgetsEverythingOnDelete() throws Exception {
        sender.send("/event", "");
        sandbox.faults().next(1, Fault.Reply.of(500, ""));

        HttpResponse<String> answer = sender.send(sender.to("/inspect").DELETE());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(sandbox.tally().requests()).isZero();
        assertThat(sandbox.tally().accepted()).isEmpty();
        assertThat(sender.send("/event", "created_at_unix=1772360000").statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesFaultsOverHttp() throws Exception {
        HttpResponse<String> added = post("""
                {"times": 2, "strike": {"fault": "reply", "status": 429, "retry_after": "PT3S"}}""");

        assertThat(added.statusCode()).isEqualTo(204);
        HttpResponse<String> struck = sender.send("/event", "");
        assertThat(struck.statusCode()).isEqualTo(429);
        assertThat(struck.headers().firstValue("Retry-After")).hasValue("3");
        assertThat(sender.send(sender.to("/inspect/faults").DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(sender.send("/event", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"strike\": {\"fault\": \"delay\", \"least\": \"PT0.01S\", \"most\": \"PT0.02S\"}}",
                "{\"strike\": {\"fault\": \"reset\", \"moment\": \"AFTER_COUNTING\"}, \"percent\": 0.5}",
                "{\"strike\": {\"fault\": \"stall\", \"moment\": \"BEFORE_COUNTING\"}, \"percent\": 1, \"times\": 9}",
                "{\"strike\": {\"fault\": \"cut\"}}"
            })
    void readsEveryFault(String rule) throws Exception {
        assertThat(post(rule).statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"strike\": {\"fault\": \"flood\"}}",
                "{\"strike\": {\"fault\": \"delay\"}}",
                "{\"strike\": {\"fault\": \"cut\"}, \"percent\": 0}",
                "{\"strike\": {\"fault\": \"cut\"}, \"times\": 0}",
                "{\"strike\": {\"fault\": \"reset\"}}",
                "{\"strike\": {\"fault\": \"cut\"}, \"share\": 1}"
            })
    void refusesARuleThatMakesNoSense(String rule) throws Exception {
        HttpResponse<String> answer = post(rule);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("This is no rule for faults: ");
    }

    private HttpResponse<String> post(String rule) throws Exception {
        return sender.send(sender.to("/inspect/faults").POST(BodyPublishers.ofString(rule)));
    }

    private static Accepted accepted(
            String endpoint,
            String environment,
            @Nullable String eventToken,
            @Nullable String currency,
            long count,
            String revenue) {
        return new Accepted(endpoint, APP, environment, eventToken, currency, count, new BigDecimal(revenue));
    }
}
