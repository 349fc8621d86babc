package io.adjustbatch.job;

import io.adjustbatch.audit.Period;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.ledger.WarehouseComparison;
import io.adjustbatch.ledger.WarehouseDifferences;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import java.util.Map;

/** Compares the relations that are configured now with the ledger. Threads may share it. */
public final class WarehouseCheck {

    private final RunPreparation preparation;
    private final WarehouseComparison comparison;

    WarehouseCheck(RunPreparation preparation, WarehouseComparison comparison) {
        this.preparation = preparation;
        this.comparison = comparison;
    }

    /**
     * What differs of the rows that occurred in a period. Reads only.
     *
     * @throws RuntimeException if a relation cannot be read as it is; the message lists every problem
     */
    public WarehouseDifferences of(Period period) {
        return comparison.compare(relations().values(), period.from(), period.to());
    }

    int accept(Kind kind, long rowId, String who, String because) {
        Relation relation = relations().get(kind);
        return relation == null ? 0 : comparison.accept(relation, rowId, who, because);
    }

    private Map<Kind, Relation> relations() {
        return preparation.relations(RunOptions.everything());
    }
}
