package io.adjustbatch.audit.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of the page, as the template wants it. The first cell of a line is its heading.
 *
 * @param id unique in the page; its address there
 * @param note what a reader should know of it; null if nothing
 */
record PageTable(String id, String caption, @Nullable String note, List<Column> columns, List<Line> lines) {

    /** @param sort of its cells */
    record Column(String name, Sort sort) {

        /** Whether its figures stand to the right; for the template. */
        boolean number() {
            return sort == Sort.NUMBER;
        }

        /** Whether a reader may choose one of its values; for the template. */
        boolean choice() {
            return sort == Sort.CHOICE;
        }
    }

    /** What a column has in its cells. */
    enum Sort {
        /** Words. */
        TEXT,
        /** Figures. */
        NUMBER,
        /** Words of which there are few, so that the lines of one of them may be looked at alone. */
        CHOICE
    }

    /** @param style a name in the page's style sheet, or nothing */
    record Line(String style, List<Cell> cells) {}

    record Cell(String text, boolean heading, boolean number) {}

    PageTable(String id, String caption, @Nullable String note, List<Column> columns) {
        this(id, caption, note, List.copyOf(columns), new ArrayList<>());
    }

    static Column text(String name) {
        return new Column(name, Sort.TEXT);
    }

    static Column number(String name) {
        return new Column(name, Sort.NUMBER);
    }

    static Column choice(String name) {
        return new Column(name, Sort.CHOICE);
    }

    void add(String... cells) {
        add("", List.of(cells));
    }

    /** One cell for each column. */
    void add(String style, List<String> cells) {
        List<Cell> line = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            line.add(new Cell(cells.get(i), i == 0, columns.get(i).number()));
        }
        lines.add(new Line(style, line));
    }

    /** Whether there is something to read but headings; for the template. */
    boolean filled() {
        return !lines.isEmpty();
    }

    static List<Column> columns(Column first, Stream<Column> others) {
        return Stream.concat(Stream.of(first), others).toList();
    }
}
