package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Kind;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The runs there have been, and the one there is, this process's: the table {@code run}. Threads may share it. */
public final class Runs {

    /** A run within so many hours of another is of the same night: it need not find new rows. */
    public static final int NIGHT_HOURS = 12;

    private final JdbcClient jdbc;
    private final Whereabouts whereabouts;
    private final RunHalts halts;
    private final KeptTerms terms;
    private final KeptRuns kept;

    public Runs(JdbcClient jdbc, Whereabouts whereabouts) {
        this.jdbc = jdbc;
        this.whereabouts = whereabouts;
        this.halts = new RunHalts(jdbc);
        this.terms = new KeptTerms(jdbc);
        this.kept = new KeptRuns(jdbc);
    }

    /**
     * Opens a new run. It can send nothing until {@link #attach} gives it an execution.
     *
     * @return its id
     */
    public long open(RunOptions options, SettingsInForce settings) {
        long runId = jdbc.sql("""
                        INSERT INTO adjust_batch.run
                            (state, started_at, host, process_id, settings_digest, kinds, row_limit, until)
                        VALUES ('RUNNING', now(), :host, :processId, :settingsDigest, :kinds, :limit, :until)
                        RETURNING run_id""")
                .param("host", whereabouts.host())
                .param("processId", whereabouts.processId())
                .param("settingsDigest", settings.digest())
                .param("kinds", options.kinds().stream().sorted().map(Kind::key).toArray(String[]::new))
                .param("limit", options.limit(), Types.BIGINT)
                .param("until", StagingMarks.at(options.until()), Types.TIMESTAMP_WITH_TIMEZONE)
                .query(Long.class)
                .single();
        terms.replaceLimits(runId, settings.limits());
        return runId;
    }

    /**
     * Opens a run again that has ended, for its restart: from now on it has no end, until it comes to another. Its former
     * execution can start nothing more, and a new one only once it is attached.
     */
    public void reopen(long runId, SettingsInForce settings) {
        jdbc.sql("""
                        UPDATE adjust_batch.run
                        SET state = 'RUNNING', execution_id = NULL, ended_at = NULL, exit_code = NULL, reason = NULL,
                            host = :host, process_id = :processId, settings_digest = :settingsDigest
                        WHERE run_id = :runId""")
                .param("host", whereabouts.host())
                .param("processId", whereabouts.processId())
                .param("settingsDigest", settings.digest())
                .param("runId", runId)
                .update();
        terms.replaceLimits(runId, settings.limits());
        halts.replace(runId, List.of());
    }

    /** What a run was first asked to do; empty for a run from before that was kept. */
    public Optional<RunOptions> options(long runId) {
        return terms.options(runId);
    }

    /** Hands a run to an execution; whichever held it before can start nothing more. */
    public void attach(RunToken run) {
        jdbc.sql("UPDATE adjust_batch.run SET execution_id = :executionId WHERE run_id = :runId")
                .param("executionId", run.executionId())
                .param("runId", run.runId())
                .update();
    }

    /**
     * Takes down what a night without new rows of a kind means to a run that stages it; what was taken down first stays.
     *
     * @param expectRows {@code warn}, {@code fail} or {@code off}
     */
    public void expect(long runId, Kind kind, String expectRows) {
        jdbc.sql("""
                        INSERT INTO adjust_batch.run_kind (run_id, kind, expect_rows) VALUES (:runId, :kind, :expectRows)
                        ON CONFLICT DO NOTHING""")
                .param("runId", runId)
                .param("kind", kind.key())
                .param("expectRows", expectRows)
                .update();
    }

    /** The kinds whose rows fail a run by their absence: neither it nor another run of its night staged any. */
    public List<Kind> missingKinds(long runId) {
        return jdbc.sql("""
                        SELECT k.kind FROM adjust_batch.run_kind k JOIN adjust_batch.run r USING (run_id)
                        WHERE k.run_id = :runId AND k.expect_rows = 'fail' AND NOT EXISTS (
                            SELECT FROM adjust_batch.staged_total t WHERE t.kind = k.kind
                              AND (t.run_id = k.run_id OR t.at > r.started_at - make_interval(hours => :night)))
                        ORDER BY k.kind""")
                .param("runId", runId)
                .param("night", NIGHT_HOURS)
                .query((row, number) -> Kind.of(row.getString("kind")))
                .list();
    }

    /**
     * Closes a run of this process.
     *
     * @param state any but {@link RunState#RUNNING}
     * @param reason for a person; null if it simply finished
     * @param halted what it halted
     * @return whether it was still this process's: if not, another command has taken it for dead, and nothing is changed
     */
    public boolean close(long runId, RunState state, int exitCode, @Nullable String reason, List<HaltedScope> halted) {
        boolean own = jdbc.sql("""
                        UPDATE adjust_batch.run SET state = :state, ended_at = now(), exit_code = :exitCode, reason = :reason
                        WHERE run_id = :runId AND state <> 'ABANDONED' AND host = :host AND process_id = :processId""")
                        .param("state", state.name())
                        .param("exitCode", exitCode)
                        .param("reason", reason)
                        .param("runId", runId)
                        .param("host", whereabouts.host())
                        .param("processId", whereabouts.processId())
                        .update()
                == 1;
        if (own) {
            halts.replace(runId, halted);
        }
        return own;
    }

    /** Closes every run that died without a word. Call it with the lock held: only then are they dead. */
    public int abandonDead() {
        return jdbc.sql("""
                        UPDATE adjust_batch.run
                        SET state = 'ABANDONED', ended_at = now(), reason = 'the process ended without closing the run'
                        WHERE state = 'RUNNING'""").update();
    }

    /** The run of that id. */
    public Optional<Run> find(long runId) {
        return kept.find(runId);
    }

    /** The latest runs, the newest first. */
    public List<Run> latest(int count) {
        return kept.latest(count);
    }
}
