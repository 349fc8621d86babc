package io.adjustbatch.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import javax.sql.DataSource;

/**
 * Writes the audit files of a run: {@code sent.csv} and {@code rejected.csv} with what it settled, {@code in-doubt.csv} and
 * {@code unsettled.csv} with what was open at its end, {@code report.html} for people and {@code summary.json} for
 * programs. The columns are those of {@link ReportRow#COLUMNS}.
 *
 * <p>Rows stand in the order of kind and row id. A run that has ended gives the same bytes whenever it is reported, so end
 * it first: the summary names its end. Memory does not grow with the rows; a million take some seconds. Reads the
 * database only, in one snapshot; threads may share it.
 */
public final class RunReport {

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
                new AuditFiles(jdbc, RunSummaries.window(jdbc, summary.run()), summary, folder.path()).write();
                return new Written(folder.finish(), summary);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write the report of run " + runId + " to " + directory, e);
            }
        });
    }
}
