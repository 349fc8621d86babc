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
