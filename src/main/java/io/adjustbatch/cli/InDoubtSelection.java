package io.adjustbatch.cli;

import io.adjustbatch.ledger.InDoubtRows.Selection;
import io.adjustbatch.warehouse.RowKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rows in doubt are meant, as a person names them. */
final class InDoubtSelection {

    @Option(
            names = "--row",
            paramLabel = "KIND:ID",
            converter = RowKeyConverter.class,
            description = "One row, such as purchase:4711.")
    @Nullable
    RowKey row;

    @Option(names = "--app", paramLabel = "TOKEN", description = "All of one app.")
    @Nullable
    String app;

    @Option(names = "--run", paramLabel = "RUN", description = "All that this run left in doubt.")
    @Nullable
    Long run;

    @Option(names = "--all", description = "All there are.")
    boolean all;

    /** Whether the person has said which. */
    boolean isGiven() {
        return all || row != null || app != null || run != null;
    }

    /** Whether all were asked for and some only, at once. */
    boolean contradictsItself() {
        return all && (row != null || app != null || run != null);
    }

    /** The rows that meet all that was said. */
    Selection selection() {
        return new Selection(row == null ? null : row.kind(), row == null ? null : row.id(), app, run);
    }
}
