package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.sandbox.Fault;
import io.adjustbatch.warehouse.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that a run does not send, and what becomes of their neighbours. */
class UnsentRowsIntegrationTests {

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    private Path reports;

    @Test
    void refusesWrongRowsWithoutARequestAndSendsTheOthers() {
        try (Night night = new Night(reports)) {
            for (int id = 1; id <= 8; id++) {
                night.purchase(id, id, yesterday, "9.99");
            }
            set(night, 2, "revenue = 0");
            set(night, 3, "revenue = -1");
            set(night, 4, "revenue = 'NaN'");
            set(night, 5, "occurred_at = 'infinity'");
            set(night, 6, "currency = NULL");
            set(night, 7, "environment = 'staging'");

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 2L, "INVALID", 6L));
            assertThat(night.sandbox().tally().requests()).isEqualTo(2);
            assertThat(night.count(
                            "adjust_batch.delivery WHERE state = 'INVALID' AND reason IS NOT NULL AND attempts = 0"))
                    .isEqualTo(6);
        }
    }

    @Test
    void refusesARowThatIsGoneFromTheWarehouse() {
        try (Night night = new Night(reports)) {
            night.purchase(1, 1, yesterday, "9.99");
            night.purchase(2, 2, yesterday, "9.99");
            night.stageOnly();
            night.jdbc().sql("DELETE FROM warehouse.purchase WHERE id = 1").update();

            night.run();

            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 1L, "INVALID", 1L));
            assertThat(night.jdbc()
                            .sql("SELECT reason FROM adjust_batch.delivery WHERE row_id = 1")
                            .query(String.class)
                            .single())
                    .isEqualTo("the row is gone from the warehouse relation");
        }
    }

    @Test
    void sendsARowAsItIsNowIfItWasNeverAttempted() {
        try (Night night = new Night(reports)) {
            night.purchase(1, 1, yesterday, "9.99");
            night.stageOnly();
            set(night, 1, "revenue = 4.99, currency = 'USD'");

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.sandbox().tally().accepted()).singleElement().satisfies(accepted -> {
                assertThat(accepted.currency()).isEqualTo("USD");
                assertThat(accepted.revenue()).isEqualByComparingTo("4.99");
            });
        }
    }

    @Test
    void leavesARowThatHasLostItsTimeToTheNextStaging() {
        try (Night night = new Night(reports)) {
            for (int id = 1; id <= 10; id++) {
                night.purchase(id, id, yesterday, "9.99");
            }
            night.stageOnly();
            night.jdbc()
                    .sql("UPDATE warehouse.purchase SET occurred_at = NULL WHERE id > 5")
                    .update();

            RunResult first = night.run();
            RunResult second = night.run();

            assertThat(first.exitCode()).as(first.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(second.exitCode()).as(second.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 5L, "INVALID", 5L));
        }
    }

    @Test
    void defersARowFromTheFutureAndStillSendsTheEarlierOnesOfItsLane() {
        try (Night night = new Night(reports)) {
            night.purchase(1, 1, yesterday, "9.99");
            night.purchase(2, 1, yesterday.plusSeconds(1), "9.99");
            night.purchase(3, 1, yesterday.plusSeconds(2), "9.99");
            night.purchase(4, 1, Instant.now().plus(Duration.ofHours(10)), "9.99");
            night.purchase(5, 1, Instant.now().plus(Duration.ofHours(11)), "9.99");

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.count("adjust_batch.delivery WHERE row_id <= 3 AND state = 'SENT'"))
                    .isEqualTo(3);
            assertThat(night.count("adjust_batch.delivery WHERE row_id = 4 AND state = 'DEFERRED' AND attempts = 0"))
                    .isEqualTo(1);
            assertThat(night.sandbox().tally().requests()).isEqualTo(3);
        }
    }

    @Test
    void sendsNoMoreRowsThanTheLimit() {
        try (Night night = new Night(reports)) {
            for (int id = 1; id <= 10; id++) {
                night.purchase(id, id, yesterday, "9.99");
                night.adRevenue(id, yesterday, "0.01", "EUR");
            }

            night.run(new RunOptions(Set.of(Kind.values()), 3L, null));

            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 3L, "PENDING", 7L));
            assertThat(night.states("ad_revenue")).isEqualTo(Map.of("SENT", 3L, "PENDING", 7L));
        }
    }

    @Test
    void stopsInOrderAtTheTimeItIsGivenAndTheNextRunGoesOn() {
        try (Night night = new Night(reports, "--adjust.max-in-flight=2")) {
            for (int id = 1; id <= 300; id++) {
                night.purchase(id, 1_000 + id, yesterday, "9.99");
            }
            night.sandbox().faults().share(100, Fault.Delay.of(Duration.ofMillis(100)));

            RunResult stopped = night.run(
                    new RunOptions(Set.of(Kind.values()), null, Instant.now().plusSeconds(2)));

            assertThat(stopped.exitCode()).isEqualTo(ExitCode.STOPPED);
            assertThat(stopped.reason()).isEqualTo("the time given by --until has come");
            assertThat(night.count("adjust_batch.delivery WHERE state = 'PENDING'"))
                    .isPositive();
            assertThat(night.count("adjust_batch.batch_job_execution WHERE status = 'STOPPED'"))
                    .isEqualTo(1);
            night.sandbox().faults().clear();
            assertThat(night.run().exitCode()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.sandbox().tally().requests()).isEqualTo(300);
        }
    }

    @Test
    void stagesAndSendsNoOtherKindThanItIsAskedTo() {
        try (Night night = new Night(reports)) {
            night.purchase(1, 1, yesterday, "9.99");
            night.session(1, 1, yesterday);

            night.run(new RunOptions(Set.of(Kind.SESSION), null, null));

            assertThat(night.states("session")).isEqualTo(Map.of("SENT", 1L));
            assertThat(night.states("purchase")).isEmpty();
        }
    }

    private static void set(Night night, long id, String values) {
        night.jdbc()
                .sql("UPDATE warehouse.purchase SET " + values + " WHERE id = :id")
                .param("id", id)
                .update();
    }
}
