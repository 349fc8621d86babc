package io.adjustbatch.job;

import io.adjustbatch.ledger.Buckets;
import io.adjustbatch.warehouse.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Divides the buckets of a kind among its partitions. A restart keeps the ranges that the first attempt was given, for
 * Spring Batch keeps them with the partitions. No partitions if the kind takes no part in the run.
 */
final class BucketPartitioner implements Partitioner {

    private static final String FIRST = "firstBucket";
    private static final String END = "endBucket";

    private final Kind kind;
    private final CurrentRun currentRun;

    BucketPartitioner(Kind kind, CurrentRun currentRun) {
        this.kind = kind;
        this.currentRun = currentRun;
    }

    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
        if (currentRun.relation(kind) == null) {
            return partitions;
        }
        List<Buckets> ranges = Buckets.divide(gridSize);
        for (int i = 0; i < ranges.size(); i++) {
            ExecutionContext context = new ExecutionContext();
            context.putInt(FIRST, ranges.get(i).first());
            context.putInt(END, ranges.get(i).end());
            partitions.put("partition" + i, context);
        }
        return partitions;
    }

    /** The range that a partition was given. */
    static Buckets bucketsOf(ExecutionContext partition) {
        return new Buckets(partition.getInt(FIRST), partition.getInt(END));
    }
}
