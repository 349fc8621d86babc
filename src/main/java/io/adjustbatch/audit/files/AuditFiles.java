package io.adjustbatch.audit.files;

import io.adjustbatch.audit.Account;
import io.adjustbatch.audit.ReportFile;
import io.adjustbatch.audit.ReportRow;
import io.adjustbatch.audit.RunRows;
import io.adjustbatch.audit.RunSummary;
import io.adjustbatch.audit.SummaryJson;
import io.adjustbatch.audit.Window;
import io.adjustbatch.audit.page.PageContent;
import io.adjustbatch.audit.page.PageRows;
import io.adjustbatch.audit.page.ReportPage;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.warehouse.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The files of one report, all read in one snapshot: the rows by what became of them, and what they add up to. Memory
 * does not grow with the rows. For one thread.
 */
final class AuditFiles {

    private static final ReportPage PAGE = new ReportPage();
    private static final int FETCH_SIZE = 2_000;

    private final JdbcClient jdbc;
    private final Window window;
    private final Account account;
    private final Path folder;

    /** @param folder an empty one */
    AuditFiles(JdbcClient jdbc, Window window, Account account, Path folder) {
        this.jdbc = jdbc;
        this.window = window;
        this.account = account;
        this.folder = folder;
    }

    void write() throws IOException {
        PageRows rows =
                new PageRows(account instanceof RunSummary run ? run.run().runId() : null);
        List<ReportFile> files = new ArrayList<>(writeRows(rows));
        files.add(writePage(PageContent.of(account, rows, files)));
        writeSummary(files);
    }

    private ReportFile writePage(PageContent content) throws IOException {
        try (DigestedFile file = new DigestedFile(folder, ReportPage.NAME)) {
            PAGE.write(content, file.bytes());
            return file.finish(content.refusedRows());
        }
    }

    private void writeSummary(List<ReportFile> files) throws IOException {
        try (DigestedFile file = new DigestedFile(folder, "summary.json")) {
            file.bytes().write(SummaryJson.of(account, files).getBytes(StandardCharsets.UTF_8));
            file.finish(0);
        }
    }

    private List<ReportFile> writeRows(PageRows rows) throws IOException {
        try (CsvFile sent = new CsvFile(folder, "sent.csv");
                CsvFile rejected = new CsvFile(folder, "rejected.csv");
                CsvFile inDoubt = new CsvFile(folder, "in-doubt.csv");
                CsvFile unsettled = new CsvFile(folder, "unsettled.csv")) {
            for (Kind kind : Kind.values()) {
                stream(RunRows.settled(window), kind, row -> {
                    rows.add(row);
                    (row.state() == RowState.SENT ? sent : rejected).write(row);
                });
                stream(RunRows.open(window), kind, row -> {
                    rows.add(row);
                    (row.waitsForPerson() ? inDoubt : unsettled).write(row);
                });
            }
            return List.of(sent.finish(), rejected.finish(), inDoubt.finish(), unsettled.finish());
        }
    }

    private void stream(String rows, Kind kind, Consumer<ReportRow> consumer) {
        jdbc.sql("SELECT * FROM (%s) r ORDER BY row_id".formatted(rows))
                .withFetchSize(FETCH_SIZE)
                .param("kind", kind.key())
                .params(window.parameters())
                .query(row -> {
                    consumer.accept(ReportRow.of(row));
                });
    }
}
