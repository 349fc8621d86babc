package io.adjustbatch.cli;

import io.adjustbatch.audit.RunSummaries;
import io.adjustbatch.ledger.Run;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.lang3.StringUtils;

/** A line a run. */
final class RecentRuns {

    private static final int MOST = 5;

    /** So that a line fits a hundred columns; a run's own status has all of it. */
    private static final int LONGEST_REASON = 50;

    private RecentRuns() {}

    /** The latest runs, newest first. */
    static List<Run> read(RunSummaries summaries) {
        return summaries.recentRuns(MOST);
    }

    static String table(List<Run> runs, Colours colours) {
        TextTable table = new TextTable().add("run", "state", "started", "took", "code", "why");
        for (Run run : runs) {
            table.add(
                            String.valueOf(run.runId()),
                            run.state().name().toLowerCase(Locale.ROOT),
                            run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                            run.endedAt() == null
                                    ? ""
                                    : Duration.between(run.startedAt(), run.endedAt())
                                                    .toSeconds() + " s",
                            run.exitCode() == null ? "" : run.exitCode().toString(),
                            StringUtils.abbreviate(Objects.requireNonNullElse(run.reason(), ""), "…", LONGEST_REASON))
                    .paint(1, Tone.of(run.state()));
        }
        return table.in(colours);
    }
}
