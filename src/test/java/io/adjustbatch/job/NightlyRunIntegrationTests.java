package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.ExitCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightlyRunIntegrationTests {

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    private Path reports;

    @Test
    void sendsEveryRowOnceAndNothingAgain() {
        try (Night night = new Night(reports)) {
            for (int id = 1; id <= 100; id++) {
                night.purchase(id, id % 7, yesterday.plusSeconds(id), "9.99");
            }

            RunResult first = night.run();
            RunResult second = night.run();

            assertThat(first.exitCode()).as(first.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(second.exitCode()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 100L));
            assertThat(night.sandbox().tally().acceptedRequests()).isEqualTo(100);
        }
    }
}
