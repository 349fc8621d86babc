package io.adjustbatch.job;

import io.adjustbatch.adjust.DeviceIdentity;
import io.adjustbatch.ledger.Buckets;
import io.adjustbatch.ledger.DeviceHash;
import io.adjustbatch.ledger.InDoubtRows;
import io.adjustbatch.ledger.JournalMonths;
import io.adjustbatch.ledger.OtherPrivacyKeyException;
import io.adjustbatch.ledger.PrivacyKeys;
import io.adjustbatch.ledger.RefusedRows;
import io.adjustbatch.ledger.SuppressedDevices;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;
import javax.sql.DataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a person may change in the ledger between runs. Each takes the run's lock first, so that it meets no run, and
 * computes anew which rows are held, so that what it freed is free at once.
 */
public final class LedgerCommands {

    private final DataSource lockSource;
    private final JournalMonths journalMonths;
    private final InDoubtRows inDoubtRows;
    private final RefusedRows refusedRows;
    private final SuppressedDevices suppressedDevices;
    private final PrivacyKeys privacyKeys;
    private final WarehouseCheck warehouseCheck;
    private final SendOrder order;
    private final TransactionTemplate transaction;

    LedgerCommands(
            DataSource lockSource,
            JournalMonths journalMonths,
            InDoubtRows inDoubtRows,
            RefusedRows refusedRows,
            SuppressedDevices suppressedDevices,
            PrivacyKeys privacyKeys,
            WarehouseCheck warehouseCheck,
            SendOrder order,
            TransactionTemplate transaction) {
        this.lockSource = lockSource;
        this.journalMonths = journalMonths;
        this.inDoubtRows = inDoubtRows;
        this.refusedRows = refusedRows;
        this.suppressedDevices = suppressedDevices;
        this.privacyKeys = privacyKeys;
        this.warehouseCheck = warehouseCheck;
        this.order = order;
        this.transaction = transaction;
    }

    /**
     * Resolves rows in doubt, all of the selected ones or none.
     *
     * @param who names the person, for the journal
     * @param because how they know, for the journal
     * @return how many rows were resolved
     * @throws LockedException if a run, or another such command, is at work; nothing was done
     */
    public int resolve(InDoubtRows.Selection selection, InDoubtRows.Finding finding, String who, String because) {
        return underLock(() -> inDoubtRows.resolve(selection, finding, who, because));
    }

    /**
     * Makes refused rows pending again, all of the selected ones or none.
     *
     * @param expected how many there must be
     * @param who names the person, for the journal
     * @param because what was mended, for the journal
     * @return whether there were as many; if not, nothing was done
     * @throws LockedException if a run, or another such command, is at work; nothing was done
     */
    boolean replay(RefusedRows.Selection selection, long expected, String who, String because) {
        return underLock(() -> refusedRows.replay(selection, who, because), replayed -> replayed == expected)
                == expected;
    }

    /**
     * Puts a device on the list of the opted-out, by all of the identifiers given.
     *
     * @return how many of them were not on it before
     * @throws LockedException if a run, or another such command, is at work; nothing was done
     * @throws OtherPrivacyKeyException if the list was made with another key; nothing was done
     */
    public int suppress(String appToken, Collection<DeviceIdentity> device, String who, String because) {
        return underLock(() -> suppressedDevices.add(appToken, hashes(device), who, because));
    }

    /**
     * Takes a device off that list: its rows are sent from the next run on.
     *
     * @return how many of the identifiers were on it
     * @throws LockedException if a run, or another such command, is at work; nothing was done
     * @throws OtherPrivacyKeyException if the list was made with another key; nothing was done
     */
    public int endSuppression(String appToken, Collection<DeviceIdentity> device, String who, String because) {
        return underLock(() -> suppressedDevices.remove(appToken, hashes(device), who, because));
    }

    /**
     * Accepts that the warehouse and the ledger differ on rows, of each for as long as it differs in the same way. Either all
     * are accepted or none.
     *
     * @return the rows that do not differ, or not in a way that was not accepted before; if there are any, nothing was done
     * @throws LockedException if a run, or another such command, is at work; nothing was done
     */
    public List<RowKey> acceptDifferences(Collection<RowKey> rows, String who, String because) {
        List<RowKey> agreeing = new ArrayList<>();
        underLock(
                () -> {
                    for (RowKey row : rows) {
                        if (warehouseCheck.accept(row, who, because) == 0) {
                            agreeing.add(row);
                        }
                    }
                    return rows.size() - agreeing.size();
                },
                accepted -> accepted == rows.size());
        return agreeing;
    }

    private List<DeviceHash> hashes(Collection<DeviceIdentity> device) {
        return privacyKeys.inUse().hasher().hashAll(device);
    }

    private int underLock(Change change) {
        return underLock(change, rows -> true);
    }

    /** @param meant whether so many rows were to be changed; if not, none is */
    @SuppressWarnings("try") // the lock is held, not used
    private int underLock(Change change, IntPredicate meant) {
        try (RunLock lock = RunLock.take(lockSource)) {
            journalMonths.prepare();
            Integer changed = transaction.execute(status -> {
                int rows = change.rows();
                if (!meant.test(rows)) {
                    status.setRollbackOnly();
                    return rows;
                }
                for (Kind kind : Kind.values()) {
                    order.hold(kind, Buckets.all(), null);
                }
                return rows;
            });
            return changed == null ? 0 : changed;
        }
    }

    @FunctionalInterface
    private interface Change {
        int rows();
    }
}
