package io.adjustbatch.job;

import io.adjustbatch.adjust.AdjustClient;
import io.adjustbatch.adjust.RequestPreparer;
import io.adjustbatch.ledger.Deliveries;
import io.adjustbatch.ledger.OpenRow;
import io.adjustbatch.ledger.OpenRows;
import io.adjustbatch.ledger.PrivacyKeys;
import io.adjustbatch.ledger.Restaging;
import io.adjustbatch.ledger.SuppressedDevices;
import io.adjustbatch.policy.SendPolicy;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import java.time.Clock;
import java.util.Objects;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The step that each partition of a kind runs: a chunk-oriented step over a range of buckets, put together anew for
 * every execution, so that its reader and its writer are plain objects of one thread.
 *
 * <p>The step's own transaction is none at all (Spring Batch's resourceless one), for a chunk is open over many HTTP
 * calls; the ledger commits on its own. Retry and skip are the send policy's and not the step's.
 */
final class SendPartition implements Step {

    static final int CHUNK_SIZE = 2_000;

    private final Kind kind;
    private final CurrentRun currentRun;
    private final JobRepository jobRepository;
    private final Parts parts;

    SendPartition(Kind kind, CurrentRun currentRun, JobRepository jobRepository, Parts parts) {
        this.kind = kind;
        this.currentRun = currentRun;
        this.jobRepository = jobRepository;
        this.parts = parts;
    }

    /**
     * What all partitions of all kinds share.
     *
     * @param transactionUnique whether two purchases of one transaction id are the same purchase
     * @param chunkSize rows of a chunk and of a page
     */
    record Parts(
            JdbcTemplate jdbc,
            Deliveries deliveries,
            SendOrder order,
            RequestPreparer preparer,
            AdjustClient client,
            SendPolicy policy,
            SuppressedDevices suppressedDevices,
            PrivacyKeys privacyKeys,
            Clock clock,
            boolean transactionUnique,
            int chunkSize) {}

    @Override
    public String getName() {
        return SendSteps.name(kind);
    }

    /** A restart sends what a partition left behind because its scope was halted: what is open, the ledger says. */
    @Override
    public boolean isAllowStartIfComplete() {
        return true;
    }

    @Override
    public int getStartLimit() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void execute(StepExecution stepExecution) throws JobInterruptedException {
        ActiveRun run = currentRun.active();
        BlockedLanes blocked = new BlockedLanes();
        DispatchItemWriter writer = writer(run, blocked, stepExecution);
        new StepBuilder(stepExecution.getStepName(), jobRepository)
                .<OpenRow, Dispatch>chunk(parts.chunkSize)
                .reader(reader(run, blocked, stepExecution))
                .processor(new DispatchItemProcessor(parts.preparer, parts.clock))
                .writer(writer)
                .listener(writer)
                .build()
                .execute(stepExecution);
    }

    private OpenRowItemReader reader(ActiveRun run, BlockedLanes blocked, StepExecution stepExecution) {
        Relation relation = Objects.requireNonNull(currentRun.relation(kind));
        return new OpenRowItemReader(
                run,
                new OpenRows(parts.jdbc, relation, parts.order.isKept()),
                new Restaging(JdbcClient.create(parts.jdbc), relation, parts.transactionUnique),
                parts.order,
                BucketPartitioner.bucketsOf(stepExecution.getStepName()),
                blocked,
                parts.clock,
                parts.chunkSize);
    }

    private DispatchItemWriter writer(ActiveRun run, BlockedLanes blocked, StepExecution stepExecution) {
        Silence silence = new Silence(
                run.optedOut(),
                parts.suppressedDevices,
                parts.privacyKeys.inUse().hasher());
        SendLoop loop =
                new SendLoop(run, kind, parts.deliveries, parts.client, parts.policy, parts.clock, blocked, silence);
        return new DispatchItemWriter(run, loop, stepExecution);
    }
}
