package io.adjustbatch.job;

import io.adjustbatch.audit.files.RunReport;
import io.adjustbatch.audit.files.UnwritableReportsException;
import io.adjustbatch.ledger.Run;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.ledger.RunState;
import io.adjustbatch.ledger.Runs;
import io.adjustbatch.ledger.SettingsInForce;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;

/**
 * One night: takes the lock, recovers what dead runs left, runs the job, reconciles and reports, however the job ended.
 *
 * <p>{@link #start} and {@link #restart} are for one thread at a time; {@link #progress} and {@link #stop} are for any.
 */
public final class NightlyRun {

    private final DataSource lockSource;
    private final RunPreparation preparation;
    private final Executions executions;
    private final JobLaunch launch;
    private final RunConclusion conclusion;
    private final RunReport report;
    private final CurrentRun currentRun;
    private final Runs runs;
    private final SettingsInForce settings;
    private final Clock clock;

    NightlyRun(
            DataSource lockSource,
            RunPreparation preparation,
            Executions executions,
            JobLaunch launch,
            RunConclusion conclusion,
            RunReport report,
            CurrentRun currentRun,
            Runs runs,
            SettingsInForce settings,
            Clock clock) {
        this.lockSource = lockSource;
        this.preparation = preparation;
        this.executions = executions;
        this.launch = launch;
        this.conclusion = conclusion;
        this.report = report;
        this.currentRun = currentRun;
        this.runs = runs;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Runs a new run to its end. What earlier runs left open is part of it. Once the run is opened in the ledger, it ends
     * there with the exit code of the result or the exception, whatever fails.
     *
     * @param firstStaging asked before the first rows of a relation are sent
     * @throws LockedException if another process holds the lock; nothing was done
     * @throws PooledConnectionException if the lock would not hold; nothing was done
     * @throws UnwritableReportsException if no report could be written; nothing was done
     * @throws UnreportedRunException if the report could not be written after all
     * @throws UnrecordedRunException if the ledger could not be told of the end
     * @throws RuntimeException if a relation cannot be read as it is, or the database fails before the run is opened
     */
    public RunResult start(RunOptions options, FirstStaging firstStaging) {
        try (RunLock lock = lock()) {
            lock.watch(() -> stop("the lock's connection to the database was lost"));
            report.requireWritable();
            preparation.recover();
            Map<Kind, Relation> relations = preparation.relations(options);
            stopAt(options.until());
            long runId = currentRun.open(options, settings);
            currentRun.prepare(runId, options, relations, firstStaging);
            return conclusion.of(runId, launch.start(runId, options), relations.values());
        }
    }

    /**
     * Goes on with the last run, which failed, was halted, was stopped or died: same id, same report folder. Nothing new is
     * staged if its staging was complete; what is open is sent.
     *
     * @param wanted the run to go on with; null: the last one
     * @throws RestartRefusedException if there is no such run, it has finished, or a newer one exists
     * @throws LockedException if another process holds the lock; nothing was done
     * @throws RuntimeException as {@link #start}
     */
    public RunResult restart(@Nullable Long wanted) {
        try (RunLock lock = lock()) {
            lock.watch(() -> stop("the lock's connection to the database was lost"));
            report.requireWritable();
            preparation.recover();
            long runId = restartable(wanted);
            JobExecution last = executions.last(runId);
            RunOptions options = options(runId, last);
            Map<Kind, Relation> relations = preparation.relations(options);
            report.withdraw(runId);
            currentRun.reopen(runId, settings);
            currentRun.prepare(runId, options, relations, FirstStaging.SEND);
            return conclusion.of(
                    runId, last == null ? launch.start(runId, options) : launch.restart(last), relations.values());
        }
    }

    private RunLock lock() {
        currentRun.reset();
        return RunLock.take(lockSource);
    }

    private long restartable(@Nullable Long wanted) {
        List<Run> latest = runs.latest(1);
        if (latest.isEmpty()) {
            throw new RestartRefusedException("There is no run to restart. Use run.");
        }
        Run last = latest.get(0);
        if (wanted != null && wanted != last.runId()) {
            throw new RestartRefusedException(
                    "Run %d is not the last one, which is run %d: what it left open is part of any newer run. Use run."
                            .formatted(wanted, last.runId()));
        }
        if (last.state() == RunState.COMPLETED) {
            throw new RestartRefusedException(
                    "Run %d has finished: there is nothing to go on with. Use run.".formatted(last.runId()));
        }
        return last.runId();
    }

    /** Without its end, for that was of its day. */
    private RunOptions options(long runId, @Nullable JobExecution last) {
        RunOptions first = last == null
                ? runs.options(runId).orElseGet(RunOptions::everything)
                : RunParameters.options(last.getJobParameters());
        return new RunOptions(first.kinds(), first.limit(), null);
    }

    private void stopAt(@Nullable Instant until) {
        if (until != null) {
            long wait = Math.max(0, Duration.between(clock.instant(), until).toMillis());
            CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS)
                    .execute(() -> currentRun.stop("the time given by --until has come"));
        }
    }

    /** How far the run has come. */
    public Progress progress() {
        ActiveRun run = currentRun.activeOrNull();
        return run == null
                ? new Progress(Progress.Phase.STARTING, 0, 0, 0, Duration.ZERO)
                : run.progress(clock.instant());
    }

    /**
     * Ends the process in the middle of the run, as a power cut would, by {@code halt}; does nothing once the run's end is
     * being recorded, for then the process is about to end with the code that the ledger has.
     */
    public void cutShort(Runnable halt) {
        currentRun.cutShort(halt);
    }

    /** Ends the run: nothing more is sent, what is on the wire is settled, the rest stays pending. */
    public void stop(String reason) {
        currentRun.stop(reason);
    }
}
