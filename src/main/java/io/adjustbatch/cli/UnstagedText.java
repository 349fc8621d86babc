package io.adjustbatch.cli;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.UnstagedRow;
import io.adjustbatch.warehouse.Kind;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why the ledger does not know a row, and what to do. */
final class UnstagedText {

    private UnstagedText() {}

    /**
     * Whole sentences.
     *
     * @param address of the database, as people know it
     */
    static String of(Kind kind, long rowId, UnstagedRow row, String address) {
        return "The ledger in %s does not know %s:%d: %s"
                .formatted(address, kind.key(), rowId, words(kind, rowId, row));
    }

    private static String words(Kind kind, long rowId, UnstagedRow row) {
        return switch (row.standing()) {
            case REMOVED -> removed(row.lastKnown());
            case SWITCHED_OFF ->
                "warehouse.%s.relation is none, so no row of this kind is taken.%nWhat to do: set it to the table or view of these rows."
                        .formatted(kind.key().replace('_', '-'));
            case ABSENT ->
                "there is no row %d in %s either.%nWhat to do: check kind and id, or ask whoever loads the warehouse."
                        .formatted(rowId, row.relation());
            case UPCOMING ->
                "it came into %s after the last staging, and the next run takes it.%nWhat next: %s run"
                        .formatted(row.relation(), RootCommand.INVOCATION);
            case LEFT_OUT ->
                ("the first staging leaves out of %s what occurred before %s: too old for Adjust, or before warehouse.since. No"
                                + " run sends it.%nWhat next: nothing.")
                        .formatted(row.relation(), row.takenFrom());
            case MISSED ->
                ("it became visible in %s later than warehouse.lookback allows for, and no run with the lookback of now finds"
                                + " it.%nWhat next: %s run --warehouse.lookback=%dd")
                        .formatted(
                                row.relation(),
                                RootCommand.INVOCATION,
                                Objects.requireNonNullElse(row.missingLookback(), Duration.ZERO)
                                        .toDays());
        };
    }

    private static String removed(@Nullable RowState lastKnown) {
        String known = lastKnown == null
                ? "its transaction is known as this row's"
                : "the journal knows it, and last as " + SummaryTable.words(lastKnown);
        return ("%s. Somebody has changed the ledger by hand, and a run could send the row again.%nWhat to do: start no run,"
                        + " change nothing more, and see what differs: %s reconcile")
                .formatted(known, RootCommand.INVOCATION);
    }
}
