package io.adjustbatch.job;

import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.ledger.RunToken;
import io.adjustbatch.ledger.Runs;
import io.adjustbatch.ledger.SettingsInForce;
import io.adjustbatch.policy.Rules;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/**
 * The run that this process works on, for the steps that Spring Batch starts. There is one at a time: the lock sees to
 * that. Threads may share it.
 */
final class CurrentRun implements JobExecutionListener {

    private final Runs runs;
    private final PaceSettings pace;
    private final Rules rules;
    private final Clock clock;
    private volatile @Nullable String stopReason;
    private volatile @Nullable Setup setup;
    private volatile @Nullable ActiveRun active;
    private boolean endSettled;

    CurrentRun(Runs runs, PaceSettings pace, Rules rules, Clock clock) {
        this.clock = clock;
        this.runs = runs;
        this.pace = pace;
        this.rules = rules;
    }

    /** Forgets the run before. */
    synchronized void reset() {
        endSettled = false;
        stopReason = null;
        setup = null;
        active = null;
    }

    /** Ends the run early, also if its job has not begun yet. */
    void stop(String reason) {
        stopReason = reason;
        ActiveRun run = active;
        if (run != null) {
            run.stop(reason);
        }
    }

    /** Opens a new run in the ledger, as this process's. */
    long open(RunOptions options, SettingsInForce settings) {
        return runs.open(options, settings);
    }

    /** Opens the run of an earlier process, or of this one, again. */
    void reopen(long runId, SettingsInForce settings) {
        runs.reopen(runId, settings);
    }

    /** From now on the run's end is being recorded, and stands. */
    synchronized void settleEnd() {
        endSettled = true;
    }

    /** Ends the process by {@code halt}, unless the run's end stands: its exit code would be another than the ledger has. */
    synchronized void cutShort(Runnable halt) {
        if (!endSettled) {
            halt.run();
        }
    }

    /** A phase begins that comes after the job. */
    void enter(Progress.Phase phase) {
        ActiveRun run = active;
        if (run != null) {
            run.begin(phase, 0);
        }
    }

    /** Says what the next job execution is to work on. */
    void prepare(long runId, RunOptions options, Map<Kind, Relation> relations, FirstStaging firstStaging) {
        setup = new Setup(runId, options, Map.copyOf(relations), firstStaging);
    }

    /** Hands the run to the execution that begins. */
    @Override
    public void beforeJob(JobExecution jobExecution) {
        Setup prepared = setup();
        RunToken token = new RunToken(prepared.runId, jobExecution.getId());
        runs.attach(token);
        ActiveRun run = new ActiveRun(token, prepared.options, new Pacing(pace, clock), rules, clock.instant());
        active = run;
        String early = stopReason;
        if (early != null) {
            run.stop(early);
        }
    }

    /** Something was halted: the job has failed to do all it should, though each of its steps did what it could. */
    @Override
    public void afterJob(JobExecution jobExecution) {
        ActiveRun run = active;
        if (run == null) {
            return; // it could not even begin, and says so itself
        }
        run.noteEnd();
        runs.missingKinds(run.token().runId()).forEach(run::failForWantOf);
        String failure = Stream.concat(
                        run.halts().all().stream().map(halt -> "halted: " + halt.explanation()),
                        run.failures().stream())
                .collect(Collectors.joining("; "));
        if (!failure.isEmpty() && jobExecution.getStatus() == BatchStatus.COMPLETED) {
            jobExecution.setStatus(BatchStatus.FAILED);
            jobExecution.setExitStatus(ExitStatus.FAILED.addExitDescription(failure));
        }
    }

    /** The run, once its job has begun. */
    ActiveRun active() {
        ActiveRun run = active;
        if (run == null) {
            throw new IllegalStateException("no run has begun");
        }
        return run;
    }

    /** Null before the job has begun. */
    @Nullable
    ActiveRun activeOrNull() {
        return active;
    }

    /** The relation of a kind; null if it takes no part in this run. */
    @Nullable
    Relation relation(Kind kind) {
        return setup().relations.get(kind);
    }

    Map<Kind, Relation> relations() {
        return setup().relations;
    }

    FirstStaging firstStaging() {
        return setup().firstStaging;
    }

    private Setup setup() {
        Setup prepared = setup;
        if (prepared == null) {
            throw new IllegalStateException("no run is prepared");
        }
        return prepared;
    }

    private record Setup(long runId, RunOptions options, Map<Kind, Relation> relations, FirstStaging firstStaging) {}
}
