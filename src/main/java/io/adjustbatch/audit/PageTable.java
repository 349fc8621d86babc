package io.adjustbatch.audit;

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

    /** @param number whether its cells are figures, which stand to the right */
    record Column(String name, boolean number) {}

    /** @param style a name in the page's style sheet, or nothing */
    record Line(String style, List<Cell> cells) {}

    record Cell(String text, boolean heading, boolean number) {}

    PageTable(String id, String caption, @Nullable String note, List<Column> columns) {
        this(id, caption, note, List.copyOf(columns), new ArrayList<>());
    }

    static Column text(String name) {
        return new Column(name, false);
    }

    static Column number(String name) {
        return new Column(name, true);
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

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Whether there is something to read but headings; for the template. */
    boolean filled() {
        return !lines.isEmpty();
    }

    static List<Column> columns(Column first, Stream<Column> others) {
        return Stream.concat(Stream.of(first), others).toList();
    }
}
