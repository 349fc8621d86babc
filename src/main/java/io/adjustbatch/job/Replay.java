package io.adjustbatch.job;

import io.adjustbatch.adjust.AgeLimit;
import io.adjustbatch.adjust.DeviceIdentity;
import io.adjustbatch.ledger.PrivacyKeys;
import io.adjustbatch.ledger.RefusedRows;
import io.adjustbatch.ledger.RefusedRows.Selection;
import io.adjustbatch.ledger.SuppressedDevices;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.RelationInspector;
import io.adjustbatch.warehouse.WarehouseRow;
import io.adjustbatch.warehouse.WarehouseSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes refused rows pending again after a fix, and tells before what that would come to. Threads may share it.
 */
public final class Replay {

    private final RefusedRows refusedRows;
    private final SuppressedDevices suppressedDevices;
    private final PrivacyKeys privacyKeys;
    private final RelationInspector inspector;
    private final WarehouseSettings warehouse;
    private final AdjustSettings adjust;
    private final LedgerCommands commands;
    private final TransactionTemplate readOnly;
    private final Clock clock;

    Replay(
            RefusedRows refusedRows,
            SuppressedDevices suppressedDevices,
            PrivacyKeys privacyKeys,
            RelationInspector inspector,
            WarehouseSettings warehouse,
            AdjustSettings adjust,
            LedgerCommands commands,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.refusedRows = refusedRows;
        this.suppressedDevices = suppressedDevices;
        this.privacyKeys = privacyKeys;
        this.inspector = inspector;
        this.warehouse = warehouse;
        this.adjust = adjust;
        this.commands = commands;
        this.readOnly = new TransactionTemplate(transactionManager);
        this.clock = clock;
        readOnly.setReadOnly(true);
        readOnly.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * What it would do: one read-only transaction, no lock.
     *
     * @throws RuntimeException if a relation cannot be read as it is, while devices are on the list of the opted-out
     */
    public ReplayPreview preview(Selection selection) {
        return Objects.requireNonNull(readOnly.execute(status -> {
            Instant now = clock.instant();
            return new ReplayPreview(
                    refusedRows.groups(selection),
                    adjust.ordering() == AdjustSettings.Ordering.STRICT
                            ? sum(selection, kind -> refusedRows.late(selection, kind))
                            : 0,
                    adjust.late() == AdjustSettings.Late.REJECT,
                    sum(
                            selection,
                            kind -> AgeLimit.maxAge(kind)
                                    .map(age -> refusedRows.before(selection, kind, now.minus(age)))
                                    .orElse(0L)),
                    suppressed(selection),
                    refusedRows.repeated(selection));
        }));
    }

    /**
     * Makes the rows pending again, all of them or none.
     *
     * @param rows how many the person was shown
     * @param who names the person, for the journal
     * @param because what was mended, for the journal
     * @return whether it was done; not if there are more or fewer rows by now, of which nobody was told
     * @throws LockedException if a run, or another such command, is at work; nothing was done
     */
    public boolean execute(Selection selection, long rows, String who, String because) {
        return commands.replay(selection, rows, who, because);
    }

    private static long sum(Selection selection, ToLongFunction<Kind> count) {
        return selection.kinds().stream().mapToLong(count).sum();
    }

    /** A key is asked for only if there are hashes that were made with it: otherwise asking would make one. */
    private long suppressed(Selection selection) {
        if (suppressedDevices.isEmpty()) {
            return 0;
        }
        ListedRows listed =
                new ListedRows(suppressedDevices, privacyKeys.inUse().hasher());
        warehouse.relations().forEach((kind, name) -> {
            if (selection.kinds().contains(kind)) {
                refusedRows.forEach(selection, inspector.inspect(kind, name), (app, row) -> add(listed, app, row));
            }
        });
        return listed.count();
    }

    private static void add(ListedRows listed, String app, WarehouseRow row) {
        listed.add(app, DeviceIdentity.carriedBy(row));
    }
}
