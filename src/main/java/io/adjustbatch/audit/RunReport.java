package io.adjustbatch.audit;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.warehouse.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes the audit files of a run: {@code sent.csv} and {@code rejected.csv} with what it settled, {@code in-doubt.csv} and
 * {@code unsettled.csv} with what was open at its end, and {@code summary.json}. The columns are those of
 * {@link ReportRow#COLUMNS}.
 *
 * <p>Rows stand in the order of kind and row id. A run that has ended gives the same bytes whenever it is reported, so end
 * it first: the summary names its end. Memory does not grow with the rows; a million take some seconds. Reads the
 * database only, in one snapshot; threads may share it.
 */
public final class RunReport {

    private static final int FETCH_SIZE = 2_000;

    private final Snapshot snapshot;
    private final Path directory;

    /**
     * @param dataSource the database that holds the schema {@code adjust_batch}
     * @param directory {@code report.directory}; made if absent
     */
    public RunReport(DataSource dataSource, Path directory) {
        snapshot = new Snapshot(dataSource);
        this.directory = directory;
    }

    /**
     * A report that was written.
     *
     * @param folder where its files are
     * @param summary what they add up to
     */
    public record Written(Path folder, RunSummary summary) {}

    /**
     * Writes the folder {@code run-<id>}. It takes the place of a former one and all it holds; a crash leaves the former one
     * or none.
     *
     * @throws NoSuchElementException if there is no such run
     * @throws UncheckedIOException if the files cannot be written
     */
    public Written write(long runId) {
        return snapshot.read(jdbc -> {
            try (ReportFolder folder = new ReportFolder(directory.resolve("run-" + runId))) {
                RunSummary summary = RunSummaries.summary(jdbc, runId)
                        .orElseThrow(() -> new NoSuchElementException("there is no run " + runId));
                writeSummary(summary, writeRows(jdbc, summary, folder.path()), folder.path());
                return new Written(folder.finish(), summary);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write the report of run " + runId + " to " + directory, e);
            }
        });
    }

    private static void writeSummary(RunSummary summary, List<ReportFile> files, Path folder) throws IOException {
        try (DigestedFile file = new DigestedFile(folder, "summary.json")) {
            file.bytes().write(SummaryJson.of(summary, files).getBytes(StandardCharsets.UTF_8));
            file.finish(0);
        }
    }

    private static List<ReportFile> writeRows(JdbcClient jdbc, RunSummary summary, Path folder) throws IOException {
        RunWindow window = RunSummaries.window(jdbc, summary.run());
        try (CsvFile sent = new CsvFile(folder, "sent.csv");
                CsvFile rejected = new CsvFile(folder, "rejected.csv");
                CsvFile inDoubt = new CsvFile(folder, "in-doubt.csv");
                CsvFile unsettled = new CsvFile(folder, "unsettled.csv")) {
            for (Kind kind : Kind.values()) {
                stream(
                        jdbc,
                        RunRows.SETTLED,
                        kind,
                        window,
                        row -> (row.state() == RowState.SENT ? sent : rejected).write(row));
                stream(
                        jdbc,
                        RunRows.OPEN,
                        kind,
                        window,
                        row -> (row.waitsForPerson() ? inDoubt : unsettled).write(row));
            }
            return List.of(sent.finish(), rejected.finish(), inDoubt.finish(), unsettled.finish());
        }
    }

    private static void stream(
            JdbcClient jdbc, String rows, Kind kind, RunWindow window, Consumer<ReportRow> consumer) {
        jdbc.sql("SELECT * FROM (%s) r ORDER BY row_id".formatted(rows))
                .withFetchSize(FETCH_SIZE)
                .param("kind", kind.key())
                .params(window.parameters())
                .query(row -> {
                    consumer.accept(ReportRow.of(row));
                });
    }
}
