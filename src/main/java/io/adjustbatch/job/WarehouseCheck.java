package io.adjustbatch.job;

import io.adjustbatch.ledger.ComparisonScope;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.ledger.WarehouseComparison;
import io.adjustbatch.ledger.WarehouseDifferences;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import io.adjustbatch.warehouse.RowKey;
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
     * What differs. Reads only.
     *
     * @throws RuntimeException if a relation cannot be read as it is; the message lists every problem
     */
    public WarehouseDifferences of(ComparisonScope scope) {
        return comparison.compare(relations().values(), scope);
    }

    int accept(RowKey row, String who, String because) {
        Relation relation = relations().get(row.kind());
        return relation == null ? 0 : comparison.accept(relation, row.id(), who, because);
    }

    private Map<Kind, Relation> relations() {
        return preparation.relations(RunOptions.everything());
    }
}
