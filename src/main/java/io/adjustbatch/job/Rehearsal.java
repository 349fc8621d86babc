package io.adjustbatch.job;

import io.adjustbatch.adjust.RequestPreparer;
import io.adjustbatch.ledger.PrivacyKeys;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.ledger.SuppressedDevices;
import io.adjustbatch.ledger.UpcomingRows;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import io.adjustbatch.warehouse.WarehouseSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Says what the next run would do, without doing any of it: one read-only transaction, which PostgreSQL would not let
 * write, no lock, no request. It may be used while a run is at work. Threads may share it.
 */
public final class Rehearsal {

    private final RunPreparation preparation;
    private final UpcomingRows upcomingRows;
    private final WarehouseSettings warehouse;
    private final DispatchItemProcessor processor;
    private final SuppressedDevices suppressedDevices;
    private final PrivacyKeys privacyKeys;
    private final TransactionTemplate readOnly;
    private final Clock clock;

    Rehearsal(
            RunPreparation preparation,
            UpcomingRows upcomingRows,
            WarehouseSettings warehouse,
            RequestPreparer preparer,
            SuppressedDevices suppressedDevices,
            PrivacyKeys privacyKeys,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        this.preparation = preparation;
        this.upcomingRows = upcomingRows;
        this.warehouse = warehouse;
        this.processor = new DispatchItemProcessor(preparer, clock);
        this.suppressedDevices = suppressedDevices;
        this.privacyKeys = privacyKeys;
        this.readOnly = new TransactionTemplate(transactionManager);
        this.clock = clock;
        readOnly.setReadOnly(true);
        readOnly.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** Whether there is a ledger, without which nothing can be said. */
    public boolean hasLedger() {
        return upcomingRows.hasLedger();
    }

    /**
     * What a run over these kinds would do if it started now.
     *
     * @throws RuntimeException if a relation cannot be read as it is; the message lists every problem
     */
    public Forecast of(Set<Kind> kinds) {
        Map<Kind, Relation> relations = preparation.relations(new RunOptions(kinds, null, null));
        ForecastCount count = new ForecastCount(processor, silence());
        return Objects.requireNonNull(readOnly.execute(status -> {
            Instant dueUntil = clock.instant().plus(SendOrder.DEFERRAL_SLACK);
            for (Kind kind : Kind.values()) {
                Relation relation = relations.get(kind);
                if (relation != null) {
                    upcomingRows.forEach(
                            relation, warehouse.lookback(), warehouse.since().instant(), dueUntil, count::add);
                    count.finishKind();
                }
            }
            return count.forecast();
        }));
    }

    /** A key is asked for only if there are hashes that were made with it: otherwise asking would make one. */
    private UnaryOperator<Iterable<? extends Dispatch>> silence() {
        if (suppressedDevices.isEmpty()) {
            return UnaryOperator.identity();
        }
        OptedOutDevices listed = new OptedOutDevices();
        listed.consultList();
        return new Silence(listed, suppressedDevices, privacyKeys.inUse().hasher())::over;
    }
}
