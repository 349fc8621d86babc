package io.adjustbatch.job;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Spring Batch's record of the runs, kept in a state from which every run can be restarted. Call its methods with the
 * lock held: only then is what the record calls running dead.
 */
final class Executions {

    /** What the framework starts again; it refuses all other states for ever. */
    private static final Set<BatchStatus> SETTLED =
            Set.of(BatchStatus.COMPLETED, BatchStatus.STOPPED, BatchStatus.FAILED);

    private final JobRepository jobRepository;

    Executions(JobRepository jobRepository) {
        this.jobRepository = jobRepository;
    }

    /** Ends as FAILED whatever dead processes left running. */
    void recoverDead() {
        jobRepository.findRunningJobExecutions(NightlyJobConfiguration.JOB_NAME).forEach(this::heal);
    }

    /**
     * The last execution of a run, healed: whatever a kill, or the loss of the database in the middle of a write, has left
     * of it, it can be restarted. Null if the run came to no execution.
     */
    @Nullable
    JobExecution last(long runId) {
        JobInstance instance =
                jobRepository.getJobInstance(NightlyJobConfiguration.JOB_NAME, RunParameters.identifying(runId));
        if (instance == null) {
            return null;
        }
        JobExecution last = jobRepository.getLastJobExecution(instance);
        if (last == null) {
            // died between the two writes: the framework can start an instance without an execution in no way
            jobRepository.deleteJobInstance(instance);
            return null;
        }
        heal(last);
        return last;
    }

    // Steps first: a crash in between leaves the execution to be healed again.
    private void heal(JobExecution execution) {
        for (StepExecution step : execution.getStepExecutions()) {
            if (!SETTLED.contains(step.getStatus())) {
                step.setStatus(BatchStatus.FAILED);
                step.setExitStatus(ExitStatus.FAILED.addExitDescription("the process ended in the middle of the step"));
                step.setEndTime(now());
                jobRepository.update(step);
            }
        }
        if (!SETTLED.contains(execution.getStatus()) || execution.getEndTime() == null) {
            execution.setStatus(BatchStatus.FAILED);
            execution.setExitStatus(ExitStatus.FAILED.addExitDescription("the process ended in the middle of the job"));
            execution.setEndTime(now());
            jobRepository.update(execution);
        }
    }

    // Spring Batch's own times have no zone either.
    private static LocalDateTime now() {
        return LocalDateTime.now(ZoneId.systemDefault());
    }
}
