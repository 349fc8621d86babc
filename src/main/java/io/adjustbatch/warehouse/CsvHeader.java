package io.adjustbatch.warehouse;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which column each cell of a CSV file belongs to, as its first record says. */
final class CsvHeader {

    private CsvHeader() {}

    /** @throws BrokenCsvException if the file is empty, or a column is unknown, missing or named twice */
    static List<CsvColumn> read(CsvFile file, Relation table) {
        CsvRecord header = file.next();
        if (header == null) {
            throw BrokenCsvException.inFile(file.path(), "is empty: its first line must name the columns");
        }
        String fault = fault(header.cells(), table);
        if (fault != null) {
            throw BrokenCsvException.inLine(file.path(), header.line(), fault);
        }
        return header.cells().stream()
                .map(name -> new CsvColumn(
                        name, Objects.requireNonNull(table.columns().get(name))))
                .toList();
    }

    private static @Nullable String fault(List<String> names, Relation table) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!table.has(name)) {
                return "there is no column \"%s\"; columns are %s".formatted(name, columnsOf(table));
            }
            if (!seen.add(name)) {
                return "column %s is named twice".formatted(name);
            }
        }
        String missing = Columns.of(table.kind()).stream()
                .filter(column -> column.required() && !seen.contains(column.name()))
                .map(Column::name)
                // The table's default is the time of loading
                .filter(name -> !name.equals("loaded_at"))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            return "these columns are missing: " + missing;
        }
        return Columns.canIdentify(seen)
                ? null
                : "no column has a device identifier: add one of %s, or parameters"
                        .formatted(String.join(", ", Columns.IDENTIFIERS));
    }

    private static String columnsOf(Relation table) {
        return Columns.of(table.kind()).stream()
                .map(Column::name)
                .filter(table::has)
                .collect(Collectors.joining(", "));
    }
}
