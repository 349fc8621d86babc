package io.adjustbatch.job;

import io.adjustbatch.adjust.DeviceIdentity;
import io.adjustbatch.ledger.DeviceHasher;
import io.adjustbatch.ledger.SuppressedDevices;
import io.adjustbatch.ledger.SuppressedDevices.DeviceOfApp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts the rows whose device is on the list of the opted-out, asking it once for many rows. For one thread. */
final class ListedRows {

    private static final int ROWS_A_QUERY = 2_000;

    private final SuppressedDevices list;
    private final DeviceHasher hasher;
    private final List<List<DeviceOfApp>> unasked = new ArrayList<>(ROWS_A_QUERY);
    private long count;

    ListedRows(SuppressedDevices list, DeviceHasher hasher) {
        this.list = list;
        this.hasher = hasher;
    }

    /** One row more. */
    void add(String appToken, Collection<DeviceIdentity> device) {
        unasked.add(hasher.hashAll(device).stream()
                .map(hash -> new DeviceOfApp(appToken, hash))
                .toList());
        if (unasked.size() == ROWS_A_QUERY) {
            ask();
        }
    }

    /** How many of them are of listed devices. */
    long count() {
        ask();
        return count;
    }

    private void ask() {
        Set<DeviceOfApp> keys = unasked.stream().flatMap(List::stream).collect(Collectors.toSet());
        if (!keys.isEmpty()) {
            Set<DeviceOfApp> listed = list.among(keys).keySet();
            count += unasked.stream()
                    .filter(row -> !Collections.disjoint(row, listed))
                    .count();
        }
        unasked.clear();
    }
}
