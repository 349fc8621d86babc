package io.adjustbatch.audit;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.StagedGroup;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something on which two of the three records disagree. */
public sealed interface Difference {

    /** The difference in one sentence, with the rows concerned. */
    String words();

    /**
     * What was counted at staging is not what the ledger holds.
     *
     * @param someRowIds the first rows that the ledger has in this group, at most {@value #ROW_IDS}; a missing row cannot be
     *     named
     */
    record Totals(
            StagedGroup group,
            long stagedRows,
            BigDecimal stagedRevenue,
            long ledgerRows,
            BigDecimal ledgerRevenue,
            List<Long> someRowIds)
            implements Difference {

        static final int ROW_IDS = 10;

        public Totals {
            someRowIds = List.copyOf(someRowIds);
        }

        @Override
        public String words() {
            return "%s: %d rows worth %s were staged, the ledger has %d worth %s (rows %s%s)"
                    .formatted(
                            group.words(),
                            stagedRows,
                            stagedRevenue.toPlainString(),
                            ledgerRows,
                            ledgerRevenue.toPlainString(),
                            someRowIds,
                            someRowIds.size() < ledgerRows ? " and more" : "");
        }
    }

    /**
     * A row that is {@code SENT} has not exactly one delivering answer or recorded resolution, or another row has one.
     *
     * @param state in the ledger; null if the ledger does not know the row
     * @param answers entries of the journal that say the row was delivered
     * @param sound those of them that are an answer of Adjust's or a person's resolution
     */
    record Answers(Kind kind, long rowId, @Nullable RowState state, long answers, long sound) implements Difference {
        @Override
        public String words() {
            return "%s row %d is %s, and the journal has %d delivering answers or resolutions for it, %d of them sound"
                    .formatted(kind.key(), rowId, state == null ? "not in the ledger" : state, answers, sound);
        }
    }

    /**
     * The ledger's state is not the one that the journal's last entry led to.
     *
     * @param ledger null if the ledger does not know the row
     * @param journal null if the journal has no entry of the row
     */
    record State(
            Kind kind,
            long rowId,
            @Nullable RowState ledger,
            @Nullable RowState journal) implements Difference {
        @Override
        public String words() {
            return "%s row %d is %s, but %s"
                    .formatted(
                            kind.key(),
                            rowId,
                            ledger == null ? "not in the ledger" : ledger,
                            journal == null
                                    ? "the journal has no entry for it"
                                    : "its last journal entry says " + journal);
        }
    }
}
