package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.sandbox.Fault;
import io.adjustbatch.sandbox.Script;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the send policy's settings, limits, halts and pace make of a whole run. */
class PolicyIntegrationTests {

    private static final Fault BAD_REVENUE =
            Fault.Reply.of(400, "{\"error\":\"Event request failed (Invalid revenue)\"}");

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    private Path reports;

    @Test
    void haltsTheRunWhenAShareOfRefusedRowsIsPassed() {
        try (Night night = new Night(
                reports,
                "--adjust.max-in-flight=16",
                "--adjust.policy.row-fault.max-percent=1",
                "--adjust.policy.row-fault.min-sample=200")) {
            purchases(night, 1_500, "abc123", Night.APP);
            night.adRevenue(1, yesterday, "0.01", "EUR");
            night.sandbox().faults().share(3, BAD_REVENUE);

            RunResult result = night.run();

            long refused = night.count("adjust_batch.delivery WHERE state = 'REJECTED'");
            long sent = night.count("adjust_batch.delivery WHERE kind = 'purchase' AND state = 'SENT'");
            assertThat(result.exitCode()).isEqualTo(ExitCode.HALTED);
            assertThat(result.reason())
                    .startsWith(
                            "the run: ROW_FAULT rows of kind purchase passed their limit of 1 % of at least 200 with ")
                    .endsWith("rows wait");
            // the limit's rows and what was on the wire at that moment
            assertThat(refused + sent).isBetween(200L, 500L);
            assertThat(night.count("adjust_batch.delivery WHERE kind = 'purchase' AND state = 'PENDING'"))
                    .isEqualTo(1_500 - refused - sent);
            assertThat(night.count("adjust_batch.batch_job_execution WHERE status = 'FAILED' AND exit_code = 'FAILED'"))
                    .isEqualTo(1);
            assertThat(
                            night.count(
                                    "adjust_batch.batch_step_execution WHERE step_name LIKE 'sendPurchases:%' AND status = 'FAILED'"
                                            + " AND exit_message LIKE 'halted: the run: ROW\\_FAULT rows%limit of 1 \\% of at least 200%'"))
                    .isPositive();
            assertThat(written(night)).isEqualTo(sent + " written, " + refused + " skipped");
        }
    }

    @Test
    void goesOnAfterAHaltWithRestart() {
        try (Night night = new Night(reports, "--adjust.policy.row-fault.max=0")) {
            purchases(night, 300, "abc123", Night.APP);
            night.sandbox().faults().next(1, BAD_REVENUE);
            RunResult halted = night.run();

            RunResult result = night.nightlyRun().restart(null);

            assertThat(halted.exitCode()).isEqualTo(ExitCode.HALTED);
            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 299L, "REJECTED", 1L));
            assertThat(night.sandbox().tally().requests()).isEqualTo(300);
        }
    }

    @Test
    void leavesInvalidRowsPendingOnceTheirLimitIsPassed() {
        try (Night night = new Night(
                reports, "--adjust.policy.invalid-row.max-percent=10", "--adjust.policy.invalid-row.min-sample=50")) {
            for (int id = 1; id <= 400; id++) {
                night.purchase(id, id, yesterday.plusSeconds(id), id % 4 == 0 ? "-1" : "9.99");
            }

            RunResult result = night.run();

            assertThat(result.exitCode()).isEqualTo(ExitCode.HALTED);
            assertThat(result.reason()).contains("INVALID_ROW", "adjust.policy.invalid-row.max-percent");
            assertThat(night.count("adjust_batch.delivery WHERE state = 'INVALID'"))
                    .isBetween(1L, 30L);
        }
    }

    @Test
    void haltsOneBadAppAmongThreeAndSpendsFewOfItsRows() {
        try (Night night = new Night(reports, "--adjust.max-in-flight=8")) {
            for (int id = 1; id <= 300; id++) {
                String app = id % 3 == 0 ? Script.APP_INACTIVE.value() : id % 3 == 1 ? Night.APP : "otherapp1234";
                night.purchase(id, app, "abc123", id, yesterday, BigDecimal.TEN, "EUR");
            }

            RunResult result = night.run();

            assertThat(result.exitCode()).isEqualTo(ExitCode.HALTED);
            assertThat(result.reason())
                    .isEqualTo(
                            "app inactive0000: the answer was 403 \"App is inactive\": check in Adjust's dashboard that app"
                                    + " inactive0000 exists, is active and is tracked on the platform of these rows; 100 rows wait");
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 200L, "PENDING", 100L));
            assertThat(night.sandbox().tally().refusedRequests()).isBetween(1L, 8L);
            assertThat(night.count("adjust_batch.batch_step_execution WHERE status <> 'COMPLETED'"))
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"halt-run", "halt-app", "halt-endpoint", "halt-event-token"})
    void haltsWhatTheActionSays(String action) {
        try (Night night = new Night(
                reports,
                "--adjust.max-in-flight=4",
                "--adjust.partitions=1",
                "--adjust.policy.row-fault.action=" + action)) {
            purchases(night, 50, "abc123", Night.APP);
            night.sandbox().faults().next(1, BAD_REVENUE);

            RunResult result = night.run();

            assertThat(result.exitCode()).isEqualTo(ExitCode.HALTED);
            assertThat(result.reason()).contains("halted because adjust.policy.row-fault.action says so");
            assertThat(night.count("adjust_batch.delivery WHERE state = 'PENDING'"))
                    .isBetween(35L, 50L);
            assertThat(night.count("adjust_batch.delivery WHERE state = 'REJECTED'"))
                    .isZero();
        }
    }

    @Test
    @Timeout(120)
    void deliversEverythingThroughAStormOf429() {
        try (Night night = new Night(reports, "--adjust.max-in-flight=32")) {
            purchases(night, 400, "abc123", Night.APP);
            night.sandbox().faults().next(80, new Fault.Reply(429, "", null, Fault.Moment.BEFORE_COUNTING));

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 400L));
            assertThat(night.sandbox().tally().requests()).isEqualTo(480);
        }
    }

    @Test
    void waitsAsLongAsAdjustAsks() {
        try (Night night = new Night(reports, "--adjust.max-in-flight=4")) {
            purchases(night, 40, "abc123", Night.APP);
            night.sandbox()
                    .faults()
                    .next(1, new Fault.Reply(429, "", Duration.ofSeconds(2), Fault.Moment.BEFORE_COUNTING));

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 40L));
            // nothing was sent between the answer and the end of the wait but what was on the wire
            assertThat(night.count("""
                            adjust_batch.delivery d, adjust_batch.delivery_journal j
                            WHERE j.error_class = 'THROTTLED' AND d.last_attempt_at > j.at
                              AND d.last_attempt_at < j.at + interval '1.9 s'""")).isZero();
            assertThat(night.count("""
                            adjust_batch.delivery d, adjust_batch.delivery_journal j
                            WHERE j.error_class = 'THROTTLED' AND d.last_attempt_at > j.at""")).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 200})
    @Timeout(60)
    void endsInBoundedTimeIfNobodyListensAndLosesNothing(int rows) throws IOException {
        try (Night night = new Night(reports)) {
            purchases(night, rows, "abc123", Night.APP);
            night.reopen("--adjust.base-url=http://127.0.0.1:" + closedPort(), "--adjust.patience=3s");

            RunResult result = night.run();

            assertThat(result.exitCode()).isEqualTo(ExitCode.HALTED);
            assertThat(result.reason())
                    .contains("no request got through to Adjust for", "the connection was refused", "adjust.base-url")
                    .endsWith(rows + " rows wait");
            assertThat(night.count("adjust_batch.delivery WHERE state IN ('PENDING', 'DEFERRED')"))
                    .isEqualTo(rows);
            night.reopen();
            assertThat(night.run().exitCode()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", (long) rows));
        }
    }

    @Test
    @Timeout(60)
    void bringsFewRowsInDoubtWhenAdjustFallsSilent() {
        try (Night night =
                new Night(reports, "--adjust.max-in-flight=16", "--adjust.timeout=250ms", "--adjust.patience=3s")) {
            purchases(night, 500, "abc123", Night.APP);
            night.sandbox().faults().share(100, new Fault.Stall(Fault.Moment.BEFORE_COUNTING));

            RunResult result = night.run();

            assertThat(result.exitCode()).isEqualTo(ExitCode.HALTED);
            // twenty open the breaker while others are on the wire or have their intents; then one at a time
            assertThat(night.count("adjust_batch.delivery WHERE state = 'IN_DOUBT'"))
                    .isBetween(20L, 64L);
        }
    }

    @Test
    void sendsNoMoreASecondThanAllowed() {
        try (Night night = new Night(reports, "--adjust.rate-per-second=20")) {
            purchases(night, 45, "abc123", Night.APP);

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 45L));
            // two may leave at once, the other 43 need 2.15 s
            assertThat(night.count("""
                            (SELECT max(last_attempt_at) - min(last_attempt_at) AS took FROM adjust_batch.delivery) d
                            WHERE took >= interval '2 s'""")).isOne();
        }
    }

    private void purchases(Night night, int count, String eventToken, String app) {
        for (int id = 1; id <= count; id++) {
            // the sandbox has answers of its own for some lower devices
            night.purchase(id, app, eventToken, 10_000 + id, yesterday, BigDecimal.TEN, "EUR");
        }
    }

    /** What Spring Batch's own records say of the purchases' partitions. */
    private static String written(Night night) {
        return night.jdbc()
                .sql("SELECT sum(write_count) || ' written, ' || sum(process_skip_count) || ' skipped'"
                        + " FROM adjust_batch.batch_step_execution WHERE step_name LIKE 'sendPurchases:%'")
                .query(String.class)
                .single();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
