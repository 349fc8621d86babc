package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.RunSummaries;
import io.adjustbatch.audit.RunSummary;
import io.adjustbatch.job.LockHolder;
import io.adjustbatch.ledger.Run;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the runs of the past did and what waits. */
@Command(
        name = "status",
        description = {
            "Shows who is at work, the latest runs, and what the last of them did and persons have done since: rows by kind"
                    + " and state, why rows were not sent, money by currency, what to do next. Or the same of one run, as it"
                    + " stood at its end.",
            "",
            "Only reads; it may be used while a run is at work."
        },
        footer = {
            "Settings it needs: spring.datasource.url, .username, .password (without: the embedded database).",
            "",
            "Examples:",
            "  ... status",
            "  ... status 17 --json",
            "",
            "Exit codes: 0 shown; 2 wrong usage or configuration, no ledger yet, no such run; 1 unexpected failure. The exit",
            "code of a run is a part of what is shown, not the exit code of this command."
        })
final class StatusCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The number of a run. Default: the latest.")
    @Nullable
    Long runId;

    @Option(names = "--json", description = "Print JSON, with money as text so that no reader rounds it.")
    boolean json;

    StatusCommand(Sessions sessions, PrintWriter out) {
        this.sessions = sessions;
        this.out = out;
    }

    @Override
    public Integer call() {
        try (Session session = sessions.openWithLedger()) {
            DataSource database = session.bean(DataSource.class);
            RunSummaries summaries = new RunSummaries(database);
            Optional<String> holder = new LockHolder(database).find();
            if (runId != null) {
                showOne(summaries.find(runId), holder, session.address());
            } else {
                showLatest(RecentRuns.read(summaries), summaries, holder, session.address());
            }
            out.flush();
            return ExitCode.FINISHED.code();
        }
    }

    private void showOne(Optional<RunSummary> found, Optional<String> holder, String address) {
        RunSummary summary = found.orElseThrow(
                () -> new CommandFailure(ExitCode.USAGE, "There is no run %d in %s.".formatted(runId, address)));
        if (json) {
            out.print(StatusJson.of(List.of(), summary, holder.orElse(null)));
        } else {
            show(summary, Colours.ofStandardOutput());
        }
    }

    private void showLatest(List<Run> recent, RunSummaries summaries, Optional<String> holder, String address) {
        RunSummary summary = recent.isEmpty() ? null : summaries.latestUpToNow().orElse(null);
        if (json) {
            out.print(StatusJson.of(recent, summary, holder.orElse(null)));
        } else if (summary == null) {
            out.println(nothingYet(address));
        } else {
            Colours colours = Colours.ofStandardOutput();
            out.println(holder.map(Printable::of).map("At work: "::concat).orElse("Nobody is at work."));
            out.println();
            out.println(RecentRuns.table(recent, colours));
            show(summary, colours);
        }
    }

    private void show(RunSummary summary, Colours colours) {
        out.print(new SummaryTable(summary, colours));
        out.print(NextStepsText.of(summary));
    }

    private static String nothingYet(String address) {
        return "Nothing has run in %s yet.%nWhat next: %s run%nOr see it at work: %s demo"
                .formatted(address, RootCommand.INVOCATION, RootCommand.INVOCATION);
    }
}
