package io.adjustbatch.audit;

import io.adjustbatch.ledger.KeptRuns;
import io.adjustbatch.ledger.Run;
import io.adjustbatch.ledger.RunHalts;
import io.adjustbatch.warehouse.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts what a run did, from the ledger and its journal. Reads only; threads may share it.
 *
 * <p>A million rows take two or three seconds, most of it to find the last journal entry of each.
 */
public final class RunSummaries {

    private final Snapshot snapshot;

    /** @param dataSource the database that holds the schema {@code adjust_batch} */
    public RunSummaries(DataSource dataSource) {
        snapshot = new Snapshot(dataSource);
    }

    /** What that run did; so far, if it still runs. Empty if there is no such run. */
    public Optional<RunSummary> find(long runId) {
        return snapshot.read(jdbc -> summary(jdbc, runId));
    }

    /**
     * What the last run did, with all that persons have done since: what waits now, and for whom. Empty if there was no run.
     */
    public Optional<RunSummary> latestUpToNow() {
        return snapshot.read(jdbc -> new KeptRuns(jdbc)
                .latest(1).stream()
                        .findFirst()
                        .map(run -> summary(jdbc, run, window(jdbc, run).upToNow())));
    }

    /** Whether there is such a run. */
    public boolean exists(long runId) {
        return snapshot.read(jdbc -> new KeptRuns(jdbc).find(runId).isPresent());
    }

    /**
     * The latest runs, newest first.
     *
     * @param limit how many at most
     */
    public List<Run> recentRuns(int limit) {
        return snapshot.read(jdbc -> new KeptRuns(jdbc).latest(limit));
    }

    public static Optional<RunSummary> summary(JdbcClient jdbc, long runId) {
        return new KeptRuns(jdbc).find(runId).map(run -> summary(jdbc, run, window(jdbc, run)));
    }

    public static RunWindow window(JdbcClient jdbc, Run run) {
        Instant endOfRunBefore = jdbc.sql("SELECT max(ended_at) AS ended_at FROM adjust_batch.run WHERE run_id < ?")
                .param(run.runId())
                .query((row, number) -> Optional.ofNullable(instant(row, "ended_at")))
                .single()
                .orElse(null);
        return RunWindow.of(run, endOfRunBefore);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static RunSummary summary(JdbcClient jdbc, Run run, RunWindow window) {
        String settingsDigest = jdbc.sql("SELECT settings_digest FROM adjust_batch.run WHERE run_id = ?")
                .param(run.runId())
                .query(String.class)
                .single();
        List<KindSummary> kinds = kinds(jdbc, window);
        return new RunSummary(
                run,
                settingsDigest,
                RunTerms.of(jdbc, run.runId()),
                new RunHalts(jdbc).of(run.runId()),
                kinds,
                new WarningCount(jdbc, window).warnings(kinds));
    }

    public static PeriodSummary summary(JdbcClient jdbc, Period period) {
        Window window = new PeriodWindow(period);
        List<KindSummary> kinds = kinds(jdbc, window);
        return new PeriodSummary(period, kinds, new WarningCount(jdbc, window).warnings(kinds));
    }

    /** Whether nothing can change what is said of a period: its last day is over, and no run that began by then goes on. */
    public static boolean isFinal(JdbcClient jdbc, Period period) {
        return jdbc.sql("""
                        SELECT now() >= :until AND NOT EXISTS (
                            SELECT FROM adjust_batch.run WHERE state = 'RUNNING' AND started_at < :until)""")
                .params(new PeriodWindow(period).parameters())
                .query(Boolean.class)
                .single();
    }

    private static List<KindSummary> kinds(JdbcClient jdbc, Window window) {
        return Arrays.stream(Kind.values())
                .map(kind -> new KindCount(jdbc, kind, window).summary())
                .toList();
    }
}
