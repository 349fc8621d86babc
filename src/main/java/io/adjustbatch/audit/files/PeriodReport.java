package io.adjustbatch.audit.files;

import io.adjustbatch.audit.Period;
import io.adjustbatch.audit.PeriodSummary;
import io.adjustbatch.audit.PeriodWindow;
import io.adjustbatch.audit.RunSummaries;
import io.adjustbatch.audit.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.sql.DataSource;

/**
 * Writes the audit files of a period of days, the same that {@link RunReport} writes of a run: what was settled on those
 * days, and what was open at their end. A row counts on the day of its decision, not on the one that it occurred on: only
 * so nothing that is decided later can change the report of a period that is over.
 *
 * <p>Reads the database only, in one snapshot; threads may share it.
 */
public final class PeriodReport {

    private final Snapshot snapshot;
    private final Path directory;

    /**
     * @param dataSource the database that holds the schema {@code adjust_batch}
     * @param directory {@code report.directory}; made if absent
     */
    public PeriodReport(DataSource dataSource, Path directory) {
        snapshot = new Snapshot(dataSource);
        this.directory = directory;
    }

    /**
     * A report that was written.
     *
     * @param folder where its files are
     * @param summary what they add up to
     * @param isFinal whether the same report made later has the same bytes
     */
    public record Written(Path folder, PeriodSummary summary, boolean isFinal) {}

    /**
     * Writes the folder {@code period-<from>-<to>}. It takes the place of a former one and all it holds; a crash leaves the
     * former one or none.
     *
     * @param period with a beginning and an end
     * @throws UncheckedIOException if the files cannot be written
     */
    public Written write(Period period) {
        String name = "period-%s-%s".formatted(period.from(), period.to());
        return snapshot.read(jdbc -> {
            try (ReportFolder folder = new ReportFolder(directory.resolve(name))) {
                PeriodSummary summary = RunSummaries.summary(jdbc, period);
                new AuditFiles(jdbc, new PeriodWindow(period), summary, folder.path()).write();
                return new Written(folder.finish(), summary, RunSummaries.isFinal(jdbc, period));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write the report of " + name + " to " + directory, e);
            }
        });
    }
}
