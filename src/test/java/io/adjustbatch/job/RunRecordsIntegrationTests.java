package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.sandbox.Fault;
import io.adjustbatch.sandbox.Script;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves in the records that must agree: the ledger, Spring Batch's counts, and Adjust's. */
class RunRecordsIntegrationTests {

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    private Path reports;

    @Test
    void countsAndMoneyAreAdjustsExactly() {
        try (Night night = new Night(reports)) {
            for (int id = 1; id <= 200; id++) {
                BigDecimal revenue =
                        new BigDecimal("0.001").multiply(BigDecimal.valueOf(id)).movePointRight(id % 9);
                night.purchase(
                        id,
                        Night.APP,
                        "evt00" + id % 3,
                        id % 20,
                        yesterday.plusSeconds(id),
                        revenue,
                        id % 2 == 0 ? "EUR" : "usd");
                night.adRevenue(id, yesterday, "0.00000000" + id, "EUR");
            }
            night.purchase(201, 1, yesterday, "0");
            night.purchase(202, Night.APP, Script.EVENT_UNIQUE.value(), 7, yesterday, BigDecimal.ONE, "EUR");
            night.purchase(
                    203, Night.APP, Script.EVENT_UNIQUE.value(), 7, yesterday.plusSeconds(1), BigDecimal.TEN, "EUR");

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(accepted(night)).hasSize(8).isEqualTo(sent(night));
        }
    }

    private static List<String> accepted(Night night) {
        return night.sandbox().tally().accepted().stream()
                .map(line -> String.join(
                        "|",
                        line.endpoint(),
                        String.valueOf(line.eventToken()),
                        String.valueOf(line.currency()),
                        Long.toString(line.count()),
                        line.revenue().stripTrailingZeros().toPlainString()))
                .sorted()
                .toList();
    }

    private static List<String> sent(Night night) {
        return night.jdbc().sql("""
                        SELECT concat_ws('|', CASE kind WHEN 'purchase' THEN '/event' ELSE '/ad_revenue' END,
                            coalesce(event_token, 'null'), currency, count(*), trim_scale(sum(revenue)))
                        FROM adjust_batch.delivery WHERE state = 'SENT'
                        GROUP BY kind, event_token, currency""").query(String.class).list().stream()
                .sorted()
                .toList();
    }

    @Test
    void springBatchCountsWhatTheLedgerSays() {
        try (Night night = new Night(reports, "--adjust.partitions=3")) {
            for (int id = 1; id <= 60; id++) {
                night.purchase(id, id, yesterday, id % 10 == 0 ? "0" : "9.99");
            }
            night.purchase(61, Night.APP, Script.EVENT_TOKEN_UNKNOWN.value(), 61, yesterday, BigDecimal.ONE, "EUR");
            night.purchase(62, 62, Instant.now().plus(Duration.ofHours(10)), "9.99");
            night.sandbox().faults().next(2, new Fault.Reset(Fault.Moment.BEFORE_COUNTING));

            night.run();

            assertThat(night.states("purchase"))
                    .containsEntry("INVALID", 6L)
                    .containsEntry("DEFERRED", 1L)
                    .containsEntry("IN_DOUBT", 2L)
                    .containsKey("SENT");
            long sent = night.states("purchase").getOrDefault("SENT", 0L);
            assertThat(counts(night, "= 'sendPurchases'"))
                    .isEqualTo("62 read, %d written, 6 skipped, 0 filtered".formatted(sent));
            assertThat(counts(night, "LIKE 'sendPurchases:%'"))
                    .isEqualTo("62 read, %d written, 6 skipped, 0 filtered".formatted(sent));
        }
    }

    private static String counts(Night night, String stepName) {
        return night.jdbc()
                .sql(
                        "SELECT sum(read_count) || ' read, ' || sum(write_count) || ' written, ' || sum(process_skip_count)"
                                + " || ' skipped, ' || sum(filter_count) || ' filtered'"
                                + " FROM adjust_batch.batch_step_execution WHERE step_name " + stepName)
                .query(String.class)
                .single();
    }

    @Test
    @Timeout(60)
    void noTransactionIsOpenWhileRequestsAreOnTheWire() throws Exception {
        try (Night night = new Night(reports)) {
            for (int id = 1; id <= 20; id++) {
                night.purchase(id, id, yesterday, "9.99");
            }
            night.sandbox().faults().share(100, Fault.Delay.of(Duration.ofSeconds(3)));

            CompletableFuture<RunResult> running = CompletableFuture.supplyAsync(night::run);
            await().until(() -> night.sandbox().tally().requests() == 20);
            List<String> open = openTransactions(night);
            boolean stillOnTheWire = night.sandbox().tally().acceptedRequests() < 20 || !running.isDone();

            assertThat(open).isEmpty();
            assertThat(stillOnTheWire).isTrue();
            assertThat(running.get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.FINISHED);
        }
    }

    private static List<String> openTransactions(Night night) {
        return night.jdbc().sql("""
                        SELECT state || ': ' || query FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
                          AND xact_start < clock_timestamp() - interval '500 milliseconds'""").query(String.class).list();
    }
}
