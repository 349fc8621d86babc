package io.adjustbatch.job;

import io.adjustbatch.ledger.HaltedScope;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.ledger.RunState;
import io.adjustbatch.ledger.WaitingRows;
import io.adjustbatch.policy.Halt;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.launch.JobOperator;

/** Starts the job, waits for its end, and says in the ledger's words how it ended. */
final class JobLaunch {

    private static final Logger log = LoggerFactory.getLogger(JobLaunch.class);

    private final Job job;
    private final JobOperator jobOperator;
    private final CurrentRun currentRun;
    private final WaitingRows waitingRows;

    JobLaunch(Job job, JobOperator jobOperator, CurrentRun currentRun, WaitingRows waitingRows) {
        this.job = job;
        this.jobOperator = jobOperator;
        this.currentRun = currentRun;
        this.waitingRows = waitingRows;
    }

    RunEnd start(long runId, RunOptions options) {
        return end(() -> jobOperator.start(job, RunParameters.of(runId, options)));
    }

    /** A job that was complete when its process died only lacks its conclusion. */
    RunEnd restart(JobExecution last) {
        return last.getStatus() == BatchStatus.COMPLETED ? RunEnd.finished() : end(() -> jobOperator.restart(last));
    }

    private RunEnd end(Launch launch) {
        try {
            return endOf(launch.execution());
        } catch (JobExecutionException | RuntimeException | Error e) {
            log.debug("The job could not be run", e);
            return RunEnd.failed(RootCause.words(e));
        }
    }

    private RunEnd endOf(JobExecution execution) {
        RunEnd end = RunEnd.finished();
        String failures = failures(execution);
        if (!failures.isEmpty()) {
            execution.getAllFailureExceptions().forEach(failure -> log.debug("The job failed", failure));
            end = end.thenFailed(failures);
        }
        ActiveRun run = currentRun.activeOrNull();
        if (run != null) {
            end = endOf(run, end);
        }
        return end.state() == RunState.COMPLETED && execution.getStatus() != BatchStatus.COMPLETED
                ? RunEnd.failed("the job ended " + execution.getStatus())
                : end;
    }

    private RunEnd endOf(ActiveRun run, RunEnd ofJob) {
        RunEnd end = ofJob;
        for (String failure : run.failures()) {
            end = end.thenFailed(failure);
        }
        List<Halt> halts = run.halts().all();
        if (!halts.isEmpty()) {
            end = end.thenHalted(halts.stream().map(this::counted).toList());
        }
        String stopped = run.stopReason();
        return stopped == null ? end : end.thenStopped(stopped);
    }

    private static String failures(JobExecution execution) {
        return execution.getAllFailureExceptions().stream()
                .filter(failure -> !isOfFramework(failure))
                .map(RootCause::words)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private HaltedScope counted(Halt halt) {
        return new HaltedScope(
                halt.scope().words(), halt.cause(), halt.remedy().words(), waitingRows.count(halt.scope()));
    }

    /** How the framework says that a step was stopped, or a partition halted. */
    private static boolean isOfFramework(Throwable failure) {
        return failure instanceof JobExecutionException;
    }

    @FunctionalInterface
    private interface Launch {
        JobExecution execution() throws JobExecutionException;
    }
}
