package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.NextSteps;
import io.adjustbatch.audit.RunSummaries;
import io.adjustbatch.audit.RunSummary;
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
            "Shows the latest runs and what the last of them did, or one run: rows by kind and state, why rows were not"
                    + " sent, money by currency, what to do next.",
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
            "Exit codes: 0 shown; 2 wrong usage or configuration, no such run; 1 unexpected failure. The exit code of a",
            "run is a part of what is shown, not the exit code of this command."
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
        try (Session session = sessions.open(Database.NIGHTLY)) {
            show(new RunSummaries(session.bean(DataSource.class)), session.address());
            return 0;
        }
    }

    private void show(RunSummaries summaries, String address) {
        List<Run> recent = RecentRuns.read(summaries);
        if (runId == null && recent.isEmpty()) {
            out.println(json ? StatusJson.of(recent, null) : nothingYet(address));
            return;
        }
        long wanted = runId == null ? recent.get(0).runId() : runId;
        RunSummary summary = (recent.isEmpty() ? Optional.<RunSummary>empty() : summaries.find(wanted))
                .orElseThrow(() ->
                        new CommandFailure(ExitCode.USAGE, "There is no run %d in %s.".formatted(wanted, address)));
        if (json) {
            out.println(StatusJson.of(runId == null ? recent : List.of(), summary));
        } else {
            Colours colours = Colours.ofStandardOutput();
            out.print(runId == null ? RecentRuns.table(recent, colours) + System.lineSeparator() : "");
            out.print(new SummaryTable(summary, colours));
            out.print(NextSteps.text(summary));
        }
        out.flush();
    }

    private static String nothingYet(String address) {
        return "Nothing has run in %s yet.%nWhat next: %s run%nOr see it at work: %s demo"
                .formatted(address, RootCommand.INVOCATION, RootCommand.INVOCATION);
    }
}
