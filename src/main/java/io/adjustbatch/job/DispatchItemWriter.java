package io.adjustbatch.job;

import io.adjustbatch.policy.Halt;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Hands a partition's chunks to its {@link SendLoop} and tells Spring Batch what became of them: written are the rows
 * that were sent, skipped those that were settled for good without being sent. For one thread.
 */
final class DispatchItemWriter implements ItemWriter<Dispatch>, StepExecutionListener {

    private final ActiveRun run;
    private final SendLoop loop;
    private final StepExecution stepExecution;
    private boolean failed;

    DispatchItemWriter(ActiveRun run, SendLoop loop, StepExecution stepExecution) {
        this.run = run;
        this.loop = loop;
        this.stepExecution = stepExecution;
    }

    @Override
    public void write(Chunk<? extends Dispatch> chunk) throws InterruptedException {
        failed = true;
        try {
            loop.send(chunk);
            failed = false;
        } finally {
            if (failed) {
                run.stop("a part of the work failed; see the log");
            }
        }
        // The step adds the whole chunk once this returns.
        count(-chunk.size());
    }

    /**
     * Settles what is still on the wire, however the step ended; then ends the step as FAILED if that failed or the run is
     * halted, and as STOPPED if it is to end for another reason: COMPLETED would let a restart pass over the rows that are
     * left.
     */
    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        if (!failed) {
            finish(execution);
            count(0);
        }
        Halt halt = run.halts().ofRun();
        if (halt != null && execution.getStatus() == BatchStatus.COMPLETED) {
            execution.setStatus(BatchStatus.FAILED);
            return ExitStatus.FAILED.addExitDescription("halted: " + halt.explanation());
        }
        if (run.isStopping() && execution.getStatus() == BatchStatus.COMPLETED) {
            execution.setStatus(BatchStatus.STOPPED);
            return ExitStatus.STOPPED;
        }
        return null;
    }

    // The framework only logs what afterStep throws: the failure must be put into the execution here.
    private void finish(StepExecution execution) {
        try {
            loop.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            run.stop("interrupted");
        } catch (RuntimeException e) {
            run.stop("a part of the work failed; see the log");
            execution.addFailureException(e);
            execution.setStatus(BatchStatus.FAILED);
            execution.setExitStatus(ExitStatus.FAILED.addExitDescription(e));
        }
    }

    private void count(int correction) {
        stepExecution.setWriteCount(loop.tally().sent() + correction);
        stepExecution.setProcessSkipCount(loop.tally().refused());
    }
}
