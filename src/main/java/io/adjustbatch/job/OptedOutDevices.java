package io.adjustbatch.job;

import io.adjustbatch.adjust.DeviceIdentity;
import io.adjustbatch.ledger.OpenRow;
import io.adjustbatch.warehouse.WarehouseRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The devices that opted out during this run, at once for all of its partitions, whatever the ledger says so far; and
 * whether the list in the ledger needs to be asked at all. Threads may share it.
 */
final class OptedOutDevices {

    private final Map<Device, String> rowsByDevice = new ConcurrentHashMap<>();
    private volatile boolean listed;

    private record Device(String appToken, DeviceIdentity identity) {}

    /** Somebody is on the list in the ledger. During a run it only grows, and what it grows by is known here. */
    void consultList() {
        listed = true;
    }

    /** Whether the list in the ledger has to be asked. */
    boolean isListConsulted() {
        return listed;
    }

    /** The answer to that row said so: no other row of its device leaves from now on. */
    void add(OpenRow row) {
        String name = row.kind().key() + ":" + row.rowId();
        identities(row).forEach(identity -> rowsByDevice.putIfAbsent(new Device(app(row), identity), name));
    }

    /** The row whose answer silenced this one's device, such as {@code session:3}; null if it is free to go. */
    @Nullable
    String silencedBy(OpenRow row) {
        if (rowsByDevice.isEmpty()) {
            return null;
        }
        return identities(row).stream()
                .map(identity -> rowsByDevice.get(new Device(app(row), identity)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The app that the row is sent for. */
    static String app(OpenRow row) {
        return Objects.requireNonNullElse(row.frozen().appToken(), "");
    }

    /** All identifiers that are sent with the row. */
    static List<DeviceIdentity> identities(OpenRow row) {
        WarehouseRow live = row.live();
        return live == null ? List.of() : DeviceIdentity.carriedBy(live);
    }
}
