package io.adjustbatch.job;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of one partition in which a row was left open in this run: nothing later of them may be sent before the
 * next one. Shared by the reader and the writer of a partition, which are one thread.
 */
final class BlockedLanes {

    private final Set<Long> lanes = new HashSet<>();

    void block(@Nullable Long lane) {
        if (lane != null) {
            lanes.add(lane);
        }
    }

    int size() {
        return lanes.size();
    }

    void clear() {
        lanes.clear();
    }

    boolean contains(@Nullable Long lane) {
        return lane != null && lanes.contains(lane);
    }
}
