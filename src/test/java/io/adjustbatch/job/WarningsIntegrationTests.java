package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.Warning;
import io.adjustbatch.audit.Warning.Cause;
import io.adjustbatch.sandbox.Fault;
import io.adjustbatch.sandbox.Script;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run finds suspicious, though nothing of it is a fault. */
class WarningsIntegrationTests {

    private static final String[] EXPECT_NOTHING = {
        "--warehouse.session.expect-rows=off",
        "--warehouse.purchase.expect-rows=off",
        "--warehouse.ad-revenue.expect-rows=off"
    };

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    private Path reports;

    @Test
    void tellsOfAnEventTokenThatIsProbablySetToUnique() throws Exception {
        try (Night night = new Night(reports, EXPECT_NOTHING)) {
            for (int id = 1; id <= 60; id++) {
                // two devices: all but the first purchase of each are duplicates
                night.purchase(
                        id,
                        Night.APP,
                        Script.EVENT_UNIQUE.value(),
                        2_000 + id % 2,
                        yesterday.plusSeconds(id),
                        BigDecimal.TEN,
                        "EUR");
                night.purchase(
                        100 + id, Night.APP, "abc123", 3_000 + id, yesterday.plusSeconds(id), BigDecimal.TEN, "EUR");
            }

            RunResult result = night.run();

            assertThat(result.summary().warnings())
                    .containsExactly(new Warning(
                            Cause.MOSTLY_DUPLICATES, Kind.PURCHASE, Night.APP, Script.EVENT_UNIQUE.value(), 58, 60));
            assertThat(Files.readString(result.reportDirectory().resolve("summary.json")))
                    .contains("\"cause\" : \"MOSTLY_DUPLICATES\"");
            assertThat(Files.readString(result.reportDirectory().resolve("report.html")))
                    .contains("58 of 60 rows of event token unique");
        }
    }

    @Test
    void tellsOfAnAppWhoseDevicesAreUnknown() {
        try (Night night = new Night(reports, EXPECT_NOTHING)) {
            night.sandbox().faults().next(25, Fault.Reply.of(404, "{\"error\":\"Device not found\"}"));
            for (int id = 1; id <= 40; id++) {
                night.purchase(id, 2_000 + id, yesterday, "9.99");
            }

            RunResult result = night.run();

            assertThat(result.summary().warnings())
                    .containsExactly(new Warning(Cause.MOSTLY_UNKNOWN_DEVICES, Kind.PURCHASE, Night.APP, null, 25, 40));
        }
    }

    @Test
    void doesNotWarnOfAFew() {
        try (Night night = new Night(reports, EXPECT_NOTHING)) {
            night.sandbox().faults().next(20, Fault.Reply.of(404, "{\"error\":\"Device not found\"}"));
            for (int id = 1; id <= 40; id++) {
                night.purchase(id, 2_000 + id, yesterday, "9.99");
            }

            assertThat(night.run().summary().warnings()).isEmpty();
        }
    }

    @Test
    void tellsOfANightWithoutRowsOfAKindThatHadSomeBefore() {
        try (Night night = new Night(reports)) {
            night.purchase(1, 2_001, yesterday, "9.99");
            assertThat(night.run().summary().warnings()).isEmpty();
            assertThat(night.run().summary().warnings())
                    .as("a second run in one night")
                    .isEmpty();
            aNightPasses(night);

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(result.summary().warnings())
                    .containsExactly(new Warning(Cause.NO_ROWS, Kind.PURCHASE, null, null, 0, 0));
        }
    }

    @Test
    void tellsOfEachKindThatTookPartIfThereNeverWasAnyRow() {
        try (Night night = new Night(reports, "--warehouse.session.relation=none")) {
            assertThat(night.run().summary().warnings())
                    .extracting(Warning::kind)
                    .containsExactly(Kind.PURCHASE, Kind.AD_REVENUE);
        }
    }

    @Test
    void failsWithoutRowsIfToldToAndSendsWhatIsOpenAllTheSame() {
        try (Night night = new Night(reports, "--warehouse.purchase.expect-rows=fail")) {
            night.purchase(1, 2_001, yesterday, "9.99");
            night.stageOnly();
            aNightPasses(night);

            RunResult result = night.run();

            assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(result.reason())
                    .isEqualTo("there is no new row of kind purchase, and warehouse.purchase.expect-rows is fail");
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 1L));
            assertThat(night.count("adjust_batch.batch_job_execution WHERE status = 'FAILED'"))
                    .isOne();
            assertThat(night.nightlyRun().restart(null).reason()).isEqualTo(result.reason());
        }
    }

    @Test
    void failsWithoutRowsThoughAnAppIsHaltedAndTellsBoth() {
        try (Night night = new Night(reports, "--warehouse.purchase.expect-rows=fail")) {
            night.purchase(1, 2_001, yesterday, "9.99");
            night.stageOnly();
            aNightPasses(night);
            night.sandbox().faults().share(100, Fault.Reply.of(401, "{\"error\":\"not authorized\"}"));

            RunResult result = night.run();

            assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(result.reason()).contains("expect-rows is fail", "app " + Night.APP, "1 row waits");
            assertThat(result.summary().halts()).hasSize(1);
        }
    }

    private static void aNightPasses(Night night) {
        night.jdbc()
                .sql("UPDATE adjust_batch.staged_total SET at = at - INTERVAL '1 day'")
                .update();
    }
}
