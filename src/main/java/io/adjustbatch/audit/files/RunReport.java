package io.adjustbatch.audit.files;

import static java.sql.Types.TIMESTAMP_WITH_TIMEZONE;

import io.adjustbatch.audit.RunSummaries;
import io.adjustbatch.audit.RunSummary;
import io.adjustbatch.audit.Snapshot;
import io.adjustbatch.ledger.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
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
     * Makes sure, as far as can be told before, that reports can be written.
     *
     * @throws UnwritableReportsException if they cannot
     */
    public void requireWritable() {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, ".writable-", null));
        } catch (IOException e) {
            throw new UnwritableReportsException(directory, e);
        }
    }

    /**
     * Removes the report of a run that goes on: it tells of an end that no longer holds.
     *
     * @throws UnwritableReportsException if it cannot be removed; it is still in place then
     */
    public void withdraw(long runId) {
        try (ReportFolder folder = folder(runId)) {
            folder.withdraw();
        } catch (IOException e) {
            throw new UnwritableReportsException(directory, e);
        }
    }

    /**
     * Writes the folder {@code run-<id>}. It takes the place of a former one and all it holds; a crash leaves the former one
     * or none.
     *
     * @throws NoSuchElementException if there is no such run
     * @throws UncheckedIOException if the files cannot be written
     */
    public Written write(long runId) {
        Written written;
        do {
            try (Draft draft = draft(runId)) {
                RunSummary summary = draft.write();
                written = new Written(draft.publish(), summary);
            }
        } while (hasChanged(written.summary().run()));
        return written;
    }

    // A run that ends meanwhile puts its own report in place: what took that place tells of a run at work.
    private boolean hasChanged(Run run) {
        return snapshot.read(jdbc -> jdbc.sql(
                        "SELECT ended_at IS DISTINCT FROM :endedAt FROM adjust_batch.run WHERE run_id = :runId")
                .param(
                        "endedAt",
                        run.endedAt() == null ? null : run.endedAt().atOffset(ZoneOffset.UTC),
                        TIMESTAMP_WITH_TIMEZONE)
                .param("runId", run.runId())
                .query(Boolean.class)
                .single());
    }

    /**
     * Begins a report out of sight.
     *
     * @throws UncheckedIOException if there is no place for it
     */
    public Draft draft(long runId) {
        try {
            return new Draft(runId, folder(runId));
        } catch (IOException e) {
            throw unwritten(runId, e);
        }
    }

    private ReportFolder folder(long runId) throws IOException {
        return new ReportFolder(directory.resolve("run-" + runId));
    }

    private UncheckedIOException unwritten(long runId, IOException cause) {
        return new UncheckedIOException("Cannot write the report of run " + runId + " to " + directory, cause);
    }

    /** A report that nobody sees until it is published; closed before, it is gone. For one thread. */
    public final class Draft implements AutoCloseable {

        private final long runId;
        private final ReportFolder folder;

        private Draft(long runId, ReportFolder folder) {
            this.runId = runId;
            this.folder = folder;
        }

        /**
         * Writes the files from the ledger as it stands: within the transaction that this thread is in, if there is one.
         *
         * @throws NoSuchElementException if there is no such run
         * @throws UncheckedIOException if the files cannot be written
         */
        public RunSummary write() {
            return snapshot.read(jdbc -> {
                RunSummary summary = RunSummaries.summary(jdbc, runId)
                        .orElseThrow(() -> new NoSuchElementException("there is no run " + runId));
                try {
                    new AuditFiles(jdbc, RunSummaries.window(jdbc, summary.run()), summary, folder.path()).write();
                } catch (IOException e) {
                    throw unwritten(runId, e);
                }
                return summary;
            });
        }

        /**
         * Puts the folder in place.
         *
         * @throws UncheckedIOException if that is impossible; the place is as before, or empty
         */
        public Path publish() {
            try {
                return folder.finish();
            } catch (IOException e) {
                throw unwritten(runId, e);
            }
        }

        @Override
        public void close() {
            folder.close();
        }
    }
}
