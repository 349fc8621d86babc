package io.adjustbatch.audit;

import io.adjustbatch.ledger.HaltedScope;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.warehouse.Kind;
import java.util.List;
import java.util.function.Function;

/** What became of rows in a run or in a period, kind by kind. Immutable. */
public sealed interface Account permits RunSummary, PeriodSummary {

    /** One for each kind, in the order of {@link Kind}. */
    List<KindSummary> kinds();

    /** What a person should look into. */
    List<Warning> warnings();

    /** What it did with the rows of that kind. */
    default KindSummary of(Kind kind) {
        return kinds().stream()
                .filter(summary -> summary.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** Requests that left, retries included. */
    default long requests() {
        return kinds().stream().mapToLong(KindSummary::requests).sum();
    }

    /** The rows in that state, over all kinds. */
    default Tally in(RowState state) {
        return total(kind -> kind.in(state));
    }

    /** A figure added up over all kinds. */
    default Tally total(Function<KindSummary, Tally> figure) {
        return kinds().stream().map(figure).reduce(Tally.NONE, Tally::plus);
    }

    /** What was halted; nothing in a period, for that is of a run. */
    default List<HaltedScope> halts() {
        return List.of();
    }

    /** The faults of configuration that were met. */
    default List<Fault> faults() {
        return kinds().stream().flatMap(kind -> kind.faults().stream()).toList();
    }
}
