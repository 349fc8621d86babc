package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.ExitCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Purchases that report a transaction again, and purchases that come late. */
class RepeatedRowsIntegrationTests {

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    private Path reports;

    @Test
    void sendsNothingAgainAfterAReloadWithNewIds() {
        try (Night night = new Night(reports)) {
            for (int id = 1; id <= 20; id++) {
                night.purchase(id, id, yesterday, "9.99");
            }
            night.run();
            night.jdbc()
                    .sql("UPDATE warehouse.purchase SET id = id + 100, loaded_at = now()")
                    .update();

            RunResult second = night.run();

            assertThat(second.exitCode()).as(second.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.sandbox().tally().requests()).isEqualTo(20);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 20L, "DUPLICATE", 20L));
            assertThat(reason(night, 101)).isEqualTo("transaction T1 was reported by row 1");
        }
    }

    @Test
    void sendsACorrectedReloadOfARefusedRow() {
        try (Night night = new Night(reports)) {
            night.purchase(1, 1, yesterday, "-1");
            night.run();
            night.purchase(2, 1, yesterday, "9.99");
            set(night, 2, "transaction_id = 'T1'");

            night.run();

            assertThat(night.states("purchase")).isEqualTo(Map.of("INVALID", 1L, "SENT", 1L));
        }
    }

    @Test
    void tellsAPersonOfTwoRowsThatDisagreeAboutATransaction() {
        try (Night night = new Night(reports)) {
            night.purchase(17, 1, yesterday, "9.99");
            night.purchase(18, 1, yesterday.plusSeconds(1), "4.99");
            set(night, 18, "transaction_id = 'T17'");

            night.run();

            assertThat(night.sandbox().tally().requests()).isEqualTo(1);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 1L, "INVALID", 1L));
            assertThat(reason(night, 18))
                    .startsWith("transaction T17 was reported by row 17 with 9.99 EUR of ")
                    .contains("; this row says 4.99 EUR of ");
        }
    }

    @Test
    void sendsBothWhereATransactionIsNotUnique() {
        try (Night night = new Night(reports, "--warehouse.purchase.transaction-unique=false")) {
            night.purchase(1, 1, yesterday, "9.99");
            night.purchase(2, 1, yesterday.plusSeconds(1), "4.99");
            set(night, 2, "transaction_id = 'T1'");

            night.run();

            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 2L));
        }
    }

    @Test
    void guardsARowWhoseTransactionWasChangedBeforeItWasSent() {
        try (Night night = new Night(reports)) {
            night.purchase(1, 1, yesterday, "9.99");
            night.purchase(2, 2, yesterday, "9.99");
            night.stageOnly();
            set(night, 2, "transaction_id = 'T1'");

            night.run();

            assertThat(night.sandbox().tally().requests()).isEqualTo(1);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 1L, "DUPLICATE", 1L));
        }
    }

    @Test
    void freesATransactionThatItsFirstRowNoLongerNames() {
        try (Night night = new Night(reports)) {
            night.purchase(1, 1, yesterday, "9.99");
            night.stageOnly();
            set(night, 1, "transaction_id = 'other'");
            night.run();
            night.purchase(2, 2, yesterday, "4.99");
            set(night, 2, "transaction_id = 'T1'");

            night.run();

            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 2L));
        }
    }

    @Test
    void sendsAndMarksARowThatComesLate() {
        try (Night night = new Night(reports)) {
            night.purchase(2, 1, yesterday.plusSeconds(60), "9.99");
            night.run();
            night.purchase(1, 1, yesterday, "4.99");

            night.run();

            // the sandbox refuses what is older than the last it received, as Adjust may
            assertThat(night.sandbox().tally().requests()).isEqualTo(2);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 1L, "REJECTED", 1L));
            assertThat(night.count("adjust_batch.delivery WHERE late AND row_id = 1"))
                    .isEqualTo(1);
        }
    }

    @Test
    void refusesALateRowIfToldTo() {
        try (Night night = new Night(reports, "--adjust.ordering.late=reject")) {
            night.purchase(2, 1, yesterday.plusSeconds(60), "9.99");
            night.run();
            night.purchase(1, 1, yesterday, "4.99");
            night.purchase(3, 1, yesterday.plusSeconds(120), "1.99");

            night.run();

            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 2L, "INVALID", 1L));
            assertThat(reason(night, 1)).startsWith("arrived after a later row of its device");
        }
    }

    private static void set(Night night, long id, String values) {
        night.jdbc()
                .sql("UPDATE warehouse.purchase SET " + values + " WHERE id = " + id)
                .update();
    }

    private static String reason(Night night, long id) {
        return night.jdbc()
                .sql("SELECT reason FROM adjust_batch.delivery WHERE kind = 'purchase' AND row_id = " + id)
                .query(String.class)
                .single();
    }
}
