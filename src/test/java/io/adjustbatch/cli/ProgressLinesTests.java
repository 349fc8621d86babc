package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.job.Progress;
import io.adjustbatch.job.Progress.Phase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLinesTests {

    private final StringWriter err = new StringWriter();
    private final ProgressLines lines = new ProgressLines(new PrintWriter(err, true));

    @Test
    void tellsTheRateSinceTheLastLook() {
        lines.show(new Progress(Phase.SENDING, 1_000, 69_579, 64, Duration.ofSeconds(10)));
        lines.show(new Progress(Phase.SENDING, 22_065, 69_579, 64, Duration.ofSeconds(15)));

        assertThat(err).hasToString("""
                        sending purchases and ad revenue: 1,000 of 69,579, 64 in flight
                        sending purchases and ad revenue: 22,065 of 69,579, 4,213 rows/s, 64 in flight
                        """.replace("\n", System.lineSeparator()));
    }

    @Test
    void beginsAnewWithEachPhase() {
        lines.show(new Progress(Phase.SENDING_SESSIONS, 900, 900, 0, Duration.ofSeconds(10)));
        lines.show(new Progress(Phase.SENDING, 5_000, 69_579, 0, Duration.ofSeconds(15)));

        assertThat(err.toString()).doesNotContain("rows/s");
    }

    @Test
    void knowsNoTotalWhileStaging() {
        lines.show(new Progress(Phase.STAGING, 120_000, 0, 0, Duration.ofSeconds(2)));
        lines.show(new Progress(Phase.REPORTING, 0, 0, 0, Duration.ofSeconds(3)));

        assertThat(err.toString().lines()).containsExactly("staging: 120,000 rows", "reporting");
    }
}
