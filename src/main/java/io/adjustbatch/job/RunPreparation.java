package io.adjustbatch.job;

import io.adjustbatch.ledger.JournalMonths;
import io.adjustbatch.ledger.OtherPrivacyKeyException;
import io.adjustbatch.ledger.PrivacyKeys;
import io.adjustbatch.ledger.Recovery;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.ledger.Runs;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import io.adjustbatch.warehouse.RelationInspector;
import io.adjustbatch.warehouse.WarehouseSettings;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes before the job, with the lock held: nothing of it sends anything, and all of it may be repeated. */
final class RunPreparation {

    private static final Logger log = LoggerFactory.getLogger(RunPreparation.class);

    private final boolean migrates;
    private final Migration migration;
    private final WarehouseSettings warehouse;
    private final RelationInspector inspector;
    private final PrivacyKeys privacyKeys;
    private final JournalMonths journalMonths;
    private final Runs runs;
    private final Executions executions;
    private final Recovery recovery;

    /** @param migrates whether to bring the schemas up to date first */
    RunPreparation(
            boolean migrates,
            Migration migration,
            WarehouseSettings warehouse,
            RelationInspector inspector,
            PrivacyKeys privacyKeys,
            JournalMonths journalMonths,
            Runs runs,
            Executions executions,
            Recovery recovery) {
        this.migrates = migrates;
        this.migration = migration;
        this.warehouse = warehouse;
        this.inspector = inspector;
        this.privacyKeys = privacyKeys;
        this.journalMonths = journalMonths;
        this.runs = runs;
        this.executions = executions;
        this.recovery = recovery;
    }

    /**
     * Brings the schemas up to date, and settles what dead runs left.
     *
     * @throws OtherPrivacyKeyException if opted-out devices would not be recognised; nothing else was done
     */
    void recover() {
        if (migrates) {
            migration.migrate();
        }
        privacyKeys.inUse();
        journalMonths.prepare();
        int dead = runs.abandonDead();
        executions.recoverDead();
        int leftovers = recovery.settleLeftovers();
        if (dead > 0 || leftovers > 0) {
            log.warn("An earlier run ended without a word; {} rows were on the wire", leftovers);
        }
    }

    /**
     * The relations of the kinds that take part.
     *
     * @throws RuntimeException if one of them cannot be read as it is; the message lists every problem
     */
    Map<Kind, Relation> relations(RunOptions options) {
        Map<Kind, String> names = new EnumMap<>(Kind.class);
        warehouse.relations().forEach((kind, name) -> {
            if (options.kinds().contains(kind)) {
                names.put(kind, name);
            }
        });
        Map<Kind, Relation> relations = inspector.inspect(names);
        relations.values().forEach(relation -> relation.warnings().forEach(log::warn));
        return relations;
    }
}
