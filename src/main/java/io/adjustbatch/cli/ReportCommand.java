package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.Period;
import io.adjustbatch.audit.RunSummaries;
import io.adjustbatch.audit.files.PeriodReport;
import io.adjustbatch.audit.files.ReportSettings;
import io.adjustbatch.audit.files.RunReport;
import io.adjustbatch.audit.files.UnwritableReportsException;
import io.adjustbatch.ledger.Run;
import io.adjustbatch.ledger.RunState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The audit files, once more. */
@Command(
        name = "report",
        description = {
            "Writes the audit files of a past run again, or those of a period: report.html, sent.csv, rejected.csv,"
                    + " in-doubt.csv, unsettled.csv and summary.json. A run that has ended gives the same bytes as on its"
                    + " night, whatever has happened since.",
            "",
            "A period is made of days of UTC, the last included. It reports the rows that were settled on those days, and"
                    + " those that were open at their end. The day of the decision counts, not the day that a row occurred"
                    + " on.",
            "",
            "The folder, run-<id> or period-<from>-<to>, takes the place of a former one of that name, whole or not at all."
                    + " The database is only read; it may be used while a run is at work."
        },
        footer = {
            "Settings it needs: spring.datasource.url, .username, .password (without: the embedded database);",
            "report.directory.",
            "",
            "Examples:",
            "  ... report",
            "  ... report --run 17 --out /tmp/audit",
            "  ... report --from 2026-01-01 --to 2026-01-31",
            "",
            "Exit codes: 0 written; 2 wrong usage or configuration, no ledger yet, no such run, or no place to write to;",
            "1 unexpected failure."
        })
final class ReportCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;
    private final Clock clock;

    @Option(names = "--run", paramLabel = "RUN", description = "The number of a run. Default: the latest.")
    @Nullable
    Long runId;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            converter = DayConverter.class,
            description = "Instead of a run: the first day of a period, such as 2026-01-01.")
    @Nullable
    LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            converter = DayConverter.class,
            description = "The last day of the period, included.")
    @Nullable
    LocalDate to;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The directory to make the folder in. Default: report.directory.")
    @Nullable
    Path directory;

    @Option(names = "--json", description = "Print JSON: {run_id, folder, final}, or {from, to, folder, final}.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    ReportCommand(Sessions sessions, PrintWriter out, Clock clock) {
        this.sessions = sessions;
        this.out = out;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Period period = period();
        try (Session session = sessions.openWithLedger()) {
            WrittenReport written = period == null ? writeRun(session) : writePeriod(session, period);
            out.print(json ? written.json() : written.text());
            out.flush();
            return 0;
        }
    }

    private @Nullable Period period() {
        if (from == null && to == null) {
            return null;
        }
        if (from == null || to == null) {
            throw usage("A period needs both ends: --from DATE --to DATE.");
        }
        if (runId != null) {
            throw usage("Give either --run or a period, not both.");
        }
        if (to.isBefore(from)) {
            throw usage("The period ends on %s, before it begins on %s.".formatted(to, from));
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (to.isAfter(today)) {
            throw usage("The period ends on %s, which is yet to come: today is %s (UTC).".formatted(to, today));
        }
        return new Period(from, to);
    }

    private WrittenReport writeRun(Session session) {
        DataSource database = session.bean(DataSource.class);
        Run latest = requireRuns(session).get(0);
        long wanted = runId == null ? latest.runId() : runId;
        if (!new RunSummaries(database).exists(wanted)) {
            throw usage("There is no run %d in %s.".formatted(wanted, session.address()));
        }
        RunReport.Written written = new RunReport(database, directory(session)).write(wanted);
        return new WrittenReport(
                wanted, null, written.folder(), written.summary().run().state() != RunState.RUNNING);
    }

    private WrittenReport writePeriod(Session session, Period period) {
        requireRuns(session);
        PeriodReport.Written written =
                new PeriodReport(session.bean(DataSource.class), directory(session)).write(period);
        return new WrittenReport(null, period, written.folder(), written.isFinal());
    }

    /** The latest runs, newest first, at least one. */
    private static List<Run> requireRuns(Session session) {
        List<Run> runs = RecentRuns.read(new RunSummaries(session.bean(DataSource.class)));
        if (runs.isEmpty()) {
            throw usage("Nothing has run in %s yet. Nothing was done.%nWhat next: %s run"
                    .formatted(session.address(), RootCommand.INVOCATION));
        }
        return runs;
    }

    /** The one to write to; sure to be writable, as far as can be told before. */
    private Path directory(Session session) {
        Path wanted = directory == null ? session.bean(ReportSettings.class).directory() : directory;
        try {
            new RunReport(session.bean(DataSource.class), wanted).requireWritable();
        } catch (UnwritableReportsException e) {
            throw directory == null ? e : unwritable(directory, e);
        }
        return wanted;
    }

    private static CommandFailure unwritable(Path directory, UnwritableReportsException failure) {
        return usage(
                "Reports cannot be written to %s (--out): %s.%nNothing was done.%nWhat to do: name a directory that this user may write to."
                        .formatted(directory.toAbsolutePath(), failure.getCause()));
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }
}
