package io.adjustbatch.audit;

import com.opencsv.CSVWriterBuilder;
import com.opencsv.ICSVWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One CSV file of a report while it is written: UTF-8, a header, lines that end with LF, quotes only where needed. For one
 * thread.
 */
final class CsvFile implements AutoCloseable {

    private final DigestedFile file;
    private final ICSVWriter csv;
    private long rows;

    CsvFile(Path folder, String name) throws IOException {
        file = new DigestedFile(folder, name);
        csv = new CSVWriterBuilder(new OutputStreamWriter(file.bytes(), StandardCharsets.UTF_8))
                .withLineEnd("\n")
                .build();
        csv.writeNext(ReportRow.COLUMNS.toArray(String[]::new), false);
    }

    /** @throws UncheckedIOException if the disk does not take it */
    void write(ReportRow row) {
        csv.writeNext(row.cells(), false);
        rows++;
        if (csv.getException() != null) {
            throw new UncheckedIOException(csv.getException());
        }
    }

    ReportFile finish() throws IOException {
        csv.flush();
        return file.finish(rows);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
