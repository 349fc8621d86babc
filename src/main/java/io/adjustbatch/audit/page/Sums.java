package io.adjustbatch.audit.page;

import io.adjustbatch.audit.ReportRow;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sums by a key, of which there may be only so many: a warehouse could give each row a day and a currency of its own. Rows
 * whose key comes when there is no more room are counted together. For one thread.
 */
final class Sums<K> {

    private final int most;
    private final SortedMap<K, Sum> byKey;
    private long rowsWithoutRoom;

    Sums(int most, Comparator<K> order) {
        this.most = most;
        byKey = new TreeMap<>(order);
    }

    void add(K key, ReportRow row) {
        @Nullable Sum sum = byKey.get(key);
        if (sum == null && byKey.size() == most) {
            rowsWithoutRoom++;
            return;
        }
        if (sum == null) {
            sum = new Sum();
            byKey.put(key, sum);
        }
        sum.add(Fate.of(row.state()), row.revenue());
    }

    /** In the order of the keys. */
    SortedMap<K, Sum> byKey() {
        return Collections.unmodifiableSortedMap(byKey);
    }

    /** How many rows are in no sum. */
    long rowsWithoutRoom() {
        return rowsWithoutRoom;
    }
}
