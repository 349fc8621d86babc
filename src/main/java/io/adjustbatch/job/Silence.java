package io.adjustbatch.job;

import io.adjustbatch.adjust.DeviceIdentity;
import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.adjust.Outcome;
import io.adjustbatch.ledger.DeviceHasher;
import io.adjustbatch.ledger.OpenRow;
import io.adjustbatch.ledger.OptOut;
import io.adjustbatch.ledger.Settlement;
import io.adjustbatch.ledger.SuppressedDevices;
import io.adjustbatch.ledger.SuppressedDevices.DeviceOfApp;
import io.adjustbatch.ledger.SuppressedDevices.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of opted-out devices from leaving one partition, and what the answers there tell of further ones until
 * it is recorded. For one thread, but for {@link #hear}.
 */
final class Silence {

    private final OptedOutDevices run;
    private final SuppressedDevices list;
    private final DeviceHasher hasher;
    private final List<OptOut> unrecorded = new ArrayList<>();

    Silence(OptedOutDevices run, SuppressedDevices list, DeviceHasher hasher) {
        this.run = run;
        this.list = list;
        this.hasher = hasher;
    }

    /** The chunk, with the rows of listed devices settled instead: one query, and none while nobody is on the list. */
    Iterable<? extends Dispatch> over(Iterable<? extends Dispatch> chunk) {
        if (!run.isListConsulted()) {
            return chunk;
        }
        Set<DeviceOfApp> keys = new HashSet<>();
        chunk.forEach(dispatch -> keys.addAll(keys(dispatch.row())));
        Map<DeviceOfApp, Entry> listed = list.among(keys);
        if (listed.isEmpty()) {
            return chunk;
        }
        List<Dispatch> silenced = new ArrayList<>();
        chunk.forEach(dispatch -> silenced.add(over(dispatch, listed)));
        return silenced;
    }

    private Dispatch over(Dispatch dispatch, Map<DeviceOfApp, Entry> listed) {
        return keys(dispatch.row()).stream()
                .map(listed::get)
                .filter(Objects::nonNull)
                .findFirst()
                .<Dispatch>map(entry ->
                        new Dispatch.Settle(dispatch.row(), Settlement.suppressed(dispatch.row(), reason(entry))))
                .orElse(dispatch);
    }

    /** How to settle a row that has not left and whose device has opted out during this run; null if it is free to go. */
    @Nullable
    Settlement of(OpenRow row) {
        String by = run.silencedBy(row);
        return by == null ? null : Settlement.suppressed(row, reason(by));
    }

    /** As {@link #of}, for a row whose intent is committed. */
    @Nullable
    Settlement ofIntended(OpenRow row) {
        String by = run.silencedBy(row);
        return by == null ? null : Settlement.withdrawn(row, reason(by));
    }

    /** Listens to an answer on the thread that it comes in on: others that are about to leave must not wait for ours. */
    void hear(OpenRow row, Outcome outcome) {
        if (outcome.errorClass() == ErrorClass.OPTED_OUT) {
            run.add(row);
        }
    }

    /** The row's settlement puts its device on the list. */
    void optOut(OpenRow row, @Nullable Integer httpStatus) {
        run.add(row);
        unrecorded.add(new OptOut(
                OptedOutDevices.app(row),
                row.rowId(),
                hasher.hashAll(OptedOutDevices.identities(row)),
                httpStatus == null ? "opted out" : "Adjust answered " + httpStatus));
    }

    /** What is to be recorded with the next settlements. */
    List<OptOut> unrecorded() {
        return unrecorded;
    }

    /** All of {@link #unrecorded} stands in the ledger. */
    void recorded() {
        unrecorded.clear();
    }

    private List<DeviceOfApp> keys(OpenRow row) {
        List<DeviceIdentity> identities = OptedOutDevices.identities(row);
        String app = OptedOutDevices.app(row);
        return hasher.hashAll(identities).stream()
                .map(hash -> new DeviceOfApp(app, hash))
                .toList();
    }

    private static String reason(Entry entry) {
        return entry.kind() == null
                ? "its device was put on the list of opted-out devices by " + entry.by()
                : reason(entry.by());
    }

    private static String reason(String row) {
        return "its device opted out with " + row;
    }
}
