package io.adjustbatch.cli;

import com.opencsv.CSVWriter;
import io.adjustbatch.warehouse.Kind;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The demo's rows as CSV files, fit for the command {@code load}. */
final class DemoFiles {

    private DemoFiles() {}

    /** Writes the rows of a kind, with a header line. */
    static void write(DemoRows rows, Kind kind, Path file) throws IOException {
        Set<String> columns = rows.columns(kind);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                CSVWriter csv = new CSVWriter(writer)) {
            csv.writeNext(columns.toArray(String[]::new), false);
            for (Map<String, String> row : rows.of(kind)) {
                csv.writeNext(
                        columns.stream()
                                .map(column -> row.getOrDefault(column, ""))
                                .toArray(String[]::new),
                        false);
            }
        }
    }
}
