package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.sandbox.Fault;
import io.adjustbatch.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which order a run's requests reach Adjust. */
class SendOrderIntegrationTests {

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    private Path reports;

    @ParameterizedTest(name = "{0} partitions")
    @ValueSource(ints = {1, 4})
    void sendsTheRowsOfALaneInOrderOfTimeWhateverGoesWrong(int partitions) {
        try (Night night = new Night(reports, "--adjust.partitions=" + partitions)) {
            for (int id = 1; id <= 240; id++) {
                int device = id <= 200 ? 1 : id;
                night.purchase(id, device, yesterday.minusSeconds(id), "9.99");
            }
            night.sandbox().faults().share(2, Fault.Reply.of(500, "{\"error\":\"Internal error\"}"));
            night.sandbox().faults().share(100, new Fault.Delay(Duration.ZERO, Duration.ofMillis(20)));

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 240L));
            assertThat(night.sandbox().tally().orderViolations()).isZero();
            assertThat(night.count("adjust_batch.delivery WHERE attempts > 1")).isPositive();
        }
    }

    @Test
    void aLongLaneBehindARowInDoubtKeepsNoOtherRowWaiting() {
        try (Night night = new Night(reports)) {
            night.purchase(1, 1, yesterday, "9.99");
            night.sandbox().faults().next(1, new Fault.Reset(Fault.Moment.BEFORE_COUNTING));
            night.run();
            night.jdbc().sql("""
                            INSERT INTO warehouse.purchase (id, app_token, environment, occurred_at, event_token, revenue,
                                currency, gps_adid, os_name)
                            SELECT 1 + i, app_token, environment, occurred_at + i * interval '1 second', event_token, revenue,
                                currency, gps_adid, os_name
                            FROM warehouse.purchase, generate_series(1, 10000) i""").update();
            for (int id = 20_001; id <= 20_200; id++) {
                night.purchase(id, id, yesterday, "9.99");
            }

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.WAITING_FOR_PERSON);
            assertThat(night.states("purchase")).isEqualTo(Map.of("IN_DOUBT", 1L, "HELD", 10_000L, "SENT", 200L));
            assertThat(night.sandbox().tally().requests()).isEqualTo(201);
            assertThat(night.count("adjust_batch.batch_step_execution WHERE read_count > 200"))
                    .isZero();
        }
    }

    @Test
    void sendsSessionsBeforePurchases() {
        SandboxSettings nobodyKnown = SandboxSettings.defaults().withKnownDevices(Set.of());
        try (Night night = new Night(nobodyKnown, reports)) {
            for (int id = 1; id <= 20; id++) {
                night.session(id, id, yesterday);
                night.purchase(id, id, yesterday.plusSeconds(1), "9.99");
            }

            night.run();

            assertThat(night.states("session")).isEqualTo(Map.of("SENT", 20L));
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 20L));
            assertThat(night.sandbox().tally().refusedRequests()).isZero();
        }
    }
}
