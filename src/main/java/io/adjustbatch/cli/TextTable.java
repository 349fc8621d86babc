package io.adjustbatch.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of cells in columns that fit their widest cell; what begins like a number is set to the right. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> lines = new ArrayList<>();

    /** Adds a line; cells that are missing at its end are empty. */
    TextTable add(String... cells) {
        return add(Arrays.asList(cells));
    }

    TextTable add(List<String> cells) {
        lines.add(List.copyOf(cells));
        return this;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The table, each line with its line end and without blanks before it. */
    @Override
    public String toString() {
        int columns = lines.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (List<String> line : lines) {
            for (int column = 0; column < line.size(); column++) {
                widths[column] = Math.max(widths[column], line.get(column).length());
                numbers[column] |= isNumber(line.get(column));
            }
        }
        return lines.stream()
                .map(line -> format(line, widths, numbers) + System.lineSeparator())
                .collect(Collectors.joining());
    }

    private static String format(List<String> line, int[] widths, boolean[] numbers) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < line.size(); column++) {
            String cell = line.get(column);
            String blanks = " ".repeat(widths[column] - cell.length());
            text.append(column == 0 ? "" : GAP).append(numbers[column] ? blanks + cell : cell + blanks);
        }
        return text.toString().stripTrailing();
    }

    private static boolean isNumber(String cell) {
        return cell.matches("-?[0-9][0-9,.]*");
    }
}
