package io.adjustbatch.audit;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.StagedGroup;
import io.adjustbatch.warehouse.Kind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whether the books balance: the totals written at staging, the ledger's rows and the journal's answers, compared per
 * kind, app, environment, event token, currency and UTC day.
 *
 * @param lines one for each kind
 * @param differences those that are listed, the first of each sort
 * @param differenceCount how many there are
 */
public record Balance(List<Line> lines, List<Difference> differences, long differenceCount) {

    public Balance {
        lines = List.copyOf(lines);
        differences = List.copyOf(differences);
    }

    /** Whether nothing differs. */
    public boolean isBalanced() {
        return differenceCount == 0;
    }

    /** The groups, of those that are listed, in which ledger and staging differ. */
    public List<StagedGroup> unbalancedGroups() {
        return differences.stream()
                .filter(Difference.Totals.class::isInstance)
                .map(difference -> ((Difference.Totals) difference).group())
                .toList();
    }

    /**
     * The three records of one kind.
     *
     * @param staged as counted at staging
     * @param ledger the rows of the ledger by state; a state without rows is absent
     * @param answers answers of Adjust's that say a row was delivered
     * @param resolutions decisions of persons that a row was delivered
     */
    public record Line(Kind kind, Tally staged, Map<RowState, Tally> ledger, long answers, long resolutions) {

        public Line {
            ledger = ledger.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(ledger));
        }

        /** All rows of the ledger. */
        public Tally inLedger() {
            return ledger.values().stream().reduce(Tally.NONE, Tally::plus);
        }
    }
}
