package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.sandbox.Fault;
import io.adjustbatch.sandbox.Script;
import io.adjustbatch.warehouse.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a 451 does to the other rows of its device. */
class SuppressionIntegrationTests {

    private static final int OPTED_OUT = Integer.parseInt(Script.DEVICE_OPTED_OUT.value());
    private static final String OTHER_APP = "kq3x8v2m5nlc";

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    private Path reports;

    @Test
    void silencesTheDeviceForAllKindsWithinTheRun() {
        try (Night night = new Night(reports)) {
            night.session(1, OPTED_OUT, yesterday);
            night.session(2, 7, yesterday);
            purchases(night, 3, OPTED_OUT);
            night.purchase(4, 7, yesterday, "9.99");
            night.adRevenue(1, yesterday, "0.5", "EUR");
            night.adRevenue(2, yesterday, "0.5", "EUR");
            identify(night, "ad_revenue", 1, OPTED_OUT);

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("session")).isEqualTo(Map.of("SENT", 1L, "SUPPRESSED", 1L));
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 1L, "SUPPRESSED", 3L));
            assertThat(night.states("ad_revenue")).isEqualTo(Map.of("SENT", 1L, "SUPPRESSED", 1L));
            assertThat(night.sandbox().tally().requests()).isEqualTo(4);
            assertThat(night.count("adjust_batch.delivery WHERE error_class = 'OPTED_OUT' AND decided_by = 'adjust'"))
                    .isEqualTo(1);
            assertThat(silencedLocally(night, " AND attempts = 0 AND reason = 'its device opted out with session:1'"))
                    .isEqualTo(4);
            assertThat(written()).isNotEmpty().noneMatch(text -> text.contains(Script.DEVICE_OPTED_OUT.value()));
        }
    }

    @Test
    void settlesTheRowsThatWaitInTheLane() {
        try (Night night = new Night(reports)) {
            purchases(night, 5, OPTED_OUT);

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SUPPRESSED", 5L));
            assertThat(night.sandbox().tally().requests()).isEqualTo(1);
        }
    }

    /** The second of the doubt budget's two places is taken while the answer to the first is awaited. */
    @Test
    void keepsARowFromLeavingWhoseIntentIsCommittedWhenItsDeviceOptsOut() {
        try (Night night = new Night(reports, "--adjust.max-in-flight=1")) {
            for (int id = 1; id <= 20; id++) {
                night.purchase(id, Night.APP, "evt%03d".formatted(id), OPTED_OUT, yesterday, BigDecimal.TEN, "EUR");
            }
            night.sandbox().faults().next(1, Fault.Delay.of(Duration.ofMillis(500)));

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SUPPRESSED", 20L));
            assertThat(night.sandbox().tally().requests()).isEqualTo(1);
            assertThat(silencedLocally(night, " AND attempts = 1")).isEqualTo(1);
            assertThat(silencedLocally(night, " AND attempts = 0")).isEqualTo(18);
        }
    }

    @Test
    void silencesTheDeviceInLaterRuns() {
        try (Night night = new Night(reports)) {
            night.session(1, OPTED_OUT, yesterday);
            night.run(new RunOptions(EnumSet.of(Kind.SESSION), null, null));
            purchases(night, 2, OPTED_OUT);
            night.purchase(3, 7, yesterday, "9.99");

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 1L, "SUPPRESSED", 2L));
            assertThat(night.sandbox().tally().requests()).isEqualTo(2);
        }
    }

    @Test
    void silencesEveryIdentifierOfTheRowForItsAppAlone() {
        try (Night night = new Night(reports)) {
            night.session(1, 7, yesterday);
            night.jdbc()
                    .sql("UPDATE warehouse.session SET android_id = 'abcdef0123456789'")
                    .update();
            night.sandbox().faults().next(1, Fault.Reply.of(451, "{\"error\":\"Device is opted out\"}"));
            night.purchase(1, 8, yesterday, "9.99");
            night.jdbc().sql("""
                            UPDATE warehouse.purchase
                            SET gps_adid = NULL, parameters = '{"android_id": "ABCDEF0123456789"}'
                            WHERE id = 1""").update();
            night.purchase(2, OTHER_APP, "abc123", 7, yesterday, BigDecimal.TEN, "EUR");

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.count("adjust_batch.suppressed_device WHERE app_token = '" + Night.APP + "'"))
                    .isEqualTo(2);
            assertThat(state(night, 1)).isEqualTo("SUPPRESSED");
            assertThat(state(night, 2)).isEqualTo("SENT");
        }
    }

    private void purchases(Night night, int count, int device) {
        for (int id = 1; id <= count; id++) {
            night.purchase(id, device, yesterday.plusSeconds(id), "9.99");
        }
    }

    private static void identify(Night night, String relation, long id, int device) {
        night.jdbc()
                .sql("UPDATE warehouse." + relation + " SET gps_adid = ? WHERE id = ?")
                .params("00000000-0000-4000-8000-%012d".formatted(device), id)
                .update();
    }

    private static long silencedLocally(Night night, String condition) {
        return night.count("adjust_batch.delivery WHERE error_class = 'SUPPRESSED_LOCALLY' AND decided_by = 'local'"
                + " AND state = 'SUPPRESSED'" + condition);
    }

    private static String state(Night night, long purchase) {
        return night.jdbc()
                .sql("SELECT state FROM adjust_batch.delivery WHERE kind = 'purchase' AND row_id = ?")
                .param(purchase)
                .query(String.class)
                .single();
    }

    private List<String> written() {
        try (Stream<Path> files = Files.walk(reports)) {
            return files.filter(Files::isRegularFile)
                    .map(SuppressionIntegrationTests::content)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
