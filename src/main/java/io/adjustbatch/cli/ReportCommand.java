package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.Period;
import io.adjustbatch.audit.RunSummaries;
import io.adjustbatch.audit.files.PeriodReport;
import io.adjustbatch.audit.files.ReportSettings;
import io.adjustbatch.audit.files.RunReport;
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
            "Exit codes: 0 written; 2 wrong usage or configuration, no such run; 1 unexpected failure."
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
        try (Session session = sessions.open(Database.NIGHTLY)) {
            if (period == null) {
                writeRun(session);
            } else {
                writePeriod(session, period);
            }
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

    private void writeRun(Session session) {
        DataSource database = session.bean(DataSource.class);
        List<Run> recent = RecentRuns.read(new RunSummaries(database));
        if (recent.isEmpty()) {
            throw usage("Nothing has run in %s yet.".formatted(session.address()));
        }
        long wanted = runId == null ? recent.get(0).runId() : runId;
        if (!new RunSummaries(database).exists(wanted)) {
            throw usage("There is no run %d in %s.".formatted(wanted, session.address()));
        }
        RunReport.Written written = new RunReport(database, directory(session)).write(wanted);
        say("Run " + wanted, written.folder());
        if (written.summary().run().state() == RunState.RUNNING) {
            out.println("The run has not ended: reported again later, the files will differ.");
        }
    }

    private void writePeriod(Session session, Period period) {
        DataSource database = session.bean(DataSource.class);
        if (RecentRuns.read(new RunSummaries(database)).isEmpty()) {
            throw usage("Nothing has run in %s yet.".formatted(session.address()));
        }
        PeriodReport.Written written = new PeriodReport(database, directory(session)).write(period);
        say(period.from() + " to " + period.to(), written.folder());
        if (LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).equals(period.to())) {
            out.println("Its last day is not over: reported again later, the files will differ.");
        }
    }

    private void say(String what, Path folder) {
        out.println(what + " is reported in " + folder);
        out.println("To read it, open " + folder.resolve("report.html") + " in a browser.");
    }

    private Path directory(Session session) {
        return directory == null ? session.bean(ReportSettings.class).directory() : directory;
    }

    private static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }
}
