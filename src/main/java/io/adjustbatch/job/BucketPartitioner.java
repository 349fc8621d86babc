package io.adjustbatch.job;

import io.adjustbatch.ledger.Buckets;
import io.adjustbatch.warehouse.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Divides the buckets of a kind among its partitions. No partitions if the kind takes no part in the run.
 *
 * <p>A partition's name says its range, as in {@code buckets-000-127}. A restart thus never works on another range than
 * the name says, whether Spring Batch gives it the partitions of the first attempt or those of today's
 * {@code adjust.partitions}, and whatever a crash has left of the execution contexts.
 */
final class BucketPartitioner implements Partitioner {

    private static final Pattern NAME = Pattern.compile("buckets-(\\d+)-(\\d+)$");

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
        for (Buckets range : Buckets.divide(gridSize)) {
            partitions.put("buckets-%03d-%03d".formatted(range.first(), range.end() - 1), new ExecutionContext());
        }
        return partitions;
    }

    /** The range of the partition that a step of this name works on. */
    static Buckets bucketsOf(String stepName) {
        Matcher name = NAME.matcher(stepName);
        if (!name.find()) {
            throw new IllegalArgumentException(stepName + " is no partition's name");
        }
        return new Buckets(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)) + 1);
    }
}
