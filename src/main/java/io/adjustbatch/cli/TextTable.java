package io.adjustbatch.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;

/**
 * Lines of cells in columns that fit their widest cell, as a terminal shows them: a Chinese character is two columns wide.
 * What begins like a number is set to the right. Control characters, which could move the cursor, are shown as U+FFFD.
 */
final class TextTable {

    private static final String GAP = "  ";

    private final List<Line> lines = new ArrayList<>();

    private record Line(List<String> cells, Map<Integer, Tone> tones) {}

    /** Adds a line; cells that are missing at its end are empty. */
    TextTable add(String... cells) {
        return add(Arrays.asList(cells));
    }

    TextTable add(List<String> cells) {
        lines.add(new Line(cells.stream().map(Printable::of).toList(), new HashMap<>()));
        return this;
    }

    /**
     * Colours a cell of the line that was added last.
     *
     * @param column the first is 0
     */
    TextTable paint(int column, Tone tone) {
        lines.get(lines.size() - 1).tones().put(column, tone);
        return this;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The table without colours, each line with its line end and without blanks before it. */
    @Override
    public String toString() {
        return in(Colours.NONE);
    }

    /** The same in colours. */
    String in(Colours colours) {
        int columns = lines.stream().mapToInt(line -> line.cells().size()).max().orElse(0);
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (Line line : lines) {
            for (int column = 0; column < line.cells().size(); column++) {
                widths[column] = Math.max(widths[column], width(line.cells().get(column)));
                numbers[column] |= isNumber(line.cells().get(column));
            }
        }
        return lines.stream()
                .map(line -> format(line, widths, numbers, colours) + System.lineSeparator())
                .collect(Collectors.joining());
    }

    private static String format(Line line, int[] widths, boolean[] numbers, Colours colours) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < line.cells().size(); column++) {
            String cell = line.cells().get(column);
            String blanks = " ".repeat(widths[column] - width(cell));
            String painted = colours.paint(line.tones().getOrDefault(column, Tone.NEUTRAL), cell);
            text.append(column == 0 ? "" : GAP).append(numbers[column] ? blanks + painted : painted + blanks);
        }
        return text.toString().stripTrailing();
    }

    private static int width(String cell) {
        return new AttributedString(cell).columnLength();
    }

    private static boolean isNumber(String cell) {
        return cell.matches("-?[0-9][0-9,.]*");
    }
}
