package io.adjustbatch.job;

import io.adjustbatch.ledger.OpenRows;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** Makes the partitioned step that sends the rows of a kind. */
final class SendSteps {

    private final JobRepository jobRepository;
    private final CurrentRun currentRun;
    private final SendOrder order;
    private final int partitions;
    private final SendPartition.Parts parts;

    SendSteps(JobRepository jobRepository, CurrentRun currentRun, int partitions, SendPartition.Parts parts) {
        this.jobRepository = jobRepository;
        this.currentRun = currentRun;
        this.order = parts.order();
        this.partitions = partitions;
        this.parts = parts;
    }

    /** The step of a kind: {@code sendSessions}, {@code sendPurchases} or {@code sendAdRevenue}. */
    static String name(Kind kind) {
        return switch (kind) {
            case SESSION -> "sendSessions";
            case PURCHASE -> "sendPurchases";
            case AD_REVENUE -> "sendAdRevenue";
        };
    }

    Step step(Kind kind) {
        return new StepBuilder(name(kind), jobRepository)
                .partitioner(name(kind), new BucketPartitioner(kind, currentRun))
                .step(new SendPartition(kind, currentRun, jobRepository, parts))
                .gridSize(partitions)
                .taskExecutor(workers(kind))
                .allowStartIfComplete(true)
                .listener(new OrderFirst(kind))
                .build();
    }

    /** A restart works on the partitions of its run, which may be more than there are now: the others take their turn. */
    private SimpleAsyncTaskExecutor workers(Kind kind) {
        SimpleAsyncTaskExecutor workers = new SimpleAsyncTaskExecutor(name(kind) + "-");
        workers.setConcurrencyLimit(partitions);
        return workers;
    }

    /** Before anything of a kind is sent, the ledger says which rows are free to go; and again afterwards. */
    private final class OrderFirst implements StepExecutionListener {

        private final Kind kind;

        OrderFirst(Kind kind) {
            this.kind = kind;
        }

        @Override
        public void beforeStep(StepExecution stepExecution) {
            Relation relation = currentRun.relation(kind);
            if (relation != null) {
                ActiveRun run = currentRun.active();
                order.beforeSending(kind, run.token());
                if (!parts.suppressedDevices().isEmpty()) {
                    run.optedOut().consultList();
                }
                run.begin(phase(), new OpenRows(parts.jdbc(), relation, order.isKept()).count());
            }
        }

        @Override
        public @Nullable ExitStatus afterStep(StepExecution stepExecution) {
            if (currentRun.relation(kind) != null && stepExecution.getStatus() == BatchStatus.COMPLETED) {
                order.afterSending(kind, currentRun.active().token());
            }
            return null;
        }

        private Progress.Phase phase() {
            return kind == Kind.SESSION ? Progress.Phase.SENDING_SESSIONS : Progress.Phase.SENDING;
        }
    }
}
