package io.adjustbatch.cli;

import io.adjustbatch.ledger.InDoubtRows.Selection;
import io.adjustbatch.warehouse.Kind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which rows in doubt are meant, as a person names them. */
final class InDoubtSelection {

    @Option(
            names = "--row",
            paramLabel = "KIND:ID",
            converter = RowConverter.class,
            description = "One row, such as purchase:4711.")
    @Nullable
    Row row;

    @Option(names = "--app", paramLabel = "TOKEN", description = "All of one app.")
    @Nullable
    String app;

    @Option(names = "--run", paramLabel = "RUN", description = "All that this run left in doubt.")
    @Nullable
    Long run;

    @Option(names = "--all", description = "All there are.")
    boolean all;

    /** A row by its kind and its id in the warehouse. */
    record Row(Kind kind, long id) {}

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

    /** {@code purchase:4711}. */
    static final class RowConverter implements ITypeConverter<Row> {

        @Override
        public Row convert(String value) {
            int colon = value.indexOf(':');
            try {
                return new Row(
                        Kind.of(value.substring(0, Math.max(0, colon))), Long.parseLong(value.substring(colon + 1)));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + value + "' names no row: write its kind and id, such as purchase:4711");
            }
        }
    }
}
