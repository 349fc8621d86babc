package io.adjustbatch.audit.files;

import com.opencsv.CSVWriterBuilder;
import com.opencsv.ICSVWriter;
import io.adjustbatch.audit.ReportFile;
import io.adjustbatch.audit.ReportRow;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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
        csv.writeNext(cells(row), false);
        rows++;
        if (csv.getException() != null) {
            throw new UncheckedIOException(csv.getException());
        }
    }

    /** The row as a line of a file: numbers and times plain, text made harmless to a spreadsheet. */
    private static String[] cells(ReportRow row) {
        return new String[] {
            row.kind(),
            Long.toString(row.rowId()),
            SpreadsheetText.harmless(row.appToken()),
            SpreadsheetText.harmless(row.eventToken()),
            SpreadsheetText.harmless(row.environment()),
            plain(row.occurredAt()),
            SpreadsheetText.harmless(row.currency()),
            row.revenue() == null ? "" : row.revenue().toPlainString(),
            SpreadsheetText.harmless(row.transactionId()),
            row.state().name(),
            plain(row.errorClass()),
            plain(row.httpStatus()),
            SpreadsheetText.harmless(row.message()),
            SpreadsheetText.harmless(row.reason()),
            plain(row.decidedBy()),
            SpreadsheetText.harmless(row.who()),
            Integer.toString(row.attempts()),
            plain(row.firstAttemptAt()),
            plain(row.lastAttemptAt()),
            plain(row.decidedAt()),
            plain(row.nextAttemptAt()),
            plain(row.heldBy()),
            plain(row.runId())
        };
    }

    private static String plain(@Nullable Object value) {
        return value == null ? "" : value.toString();
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
