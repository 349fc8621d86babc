package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.job.LedgerCommands;
import io.adjustbatch.ledger.InDoubtRows;
import io.adjustbatch.ledger.InDoubtRows.Finding;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Records what a person found out about rows in doubt. */
@Command(
        name = "resolve",
        description = {
            "Records what you found out about rows in doubt, with your name, the time and the reason.",
            "",
            "As sent, they are final and count as delivered. As not-sent, the next run sends them again: if Adjust has"
                    + " counted them after all, it counts them twice. Either way the later rows of their device are free."
        },
        footer = {
            "Settings it needs: spring.datasource.url, .username, .password (without: the embedded database).",
            "",
            "Examples:",
            "  ... in-doubt resolve --row purchase:4711 --as sent --because \"is in Adjust's export\"",
            "  ... in-doubt resolve --run 17 --as not-sent --because \"the proxy was down all night\"",
            "",
            "Exit codes: 0 recorded; 2 wrong usage or configuration, or no such row; 5 a run is at work, nothing was done;",
            "1 unexpected failure, nothing was done."
        })
final class InDoubtResolveCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    InDoubtSelection wanted = new InDoubtSelection();

    @Option(
            names = "--as",
            required = true,
            paramLabel = "sent|not-sent",
            converter = FindingConverter.class,
            description = "Whether Adjust has counted them.")
    @Nullable
    Finding finding;

    @Option(
            names = "--because",
            required = true,
            paramLabel = "TEXT",
            description = "How you know; stays in the journal and in the reports.")
    String because = "";

    @Option(names = "--json", description = "Print JSON: {resolved, as, next}.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    InDoubtResolveCommand(Sessions sessions, PrintWriter out) {
        this.sessions = sessions;
        this.out = out;
    }

    @Override
    public Integer call() {
        refuseVagueness();
        try (Session session = sessions.openWithLedger()) {
            long selected = session.bean(InDoubtRows.class).count(wanted.selection());
            if (selected == 0) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "No row in doubt is meant by that. Nothing was done.%nWhat next: %s in-doubt list"
                                .formatted(RootCommand.INVOCATION));
            }
            int resolved = session.bean(LedgerCommands.class)
                    .resolve(
                            wanted.selection(),
                            Objects.requireNonNull(finding),
                            System.getProperty("user.name"),
                            because.strip());
            out.print(json ? InDoubtJson.resolved(resolved, finding) : words(resolved));
            return 0;
        }
    }

    private void refuseVagueness() {
        if (!wanted.isGiven() || wanted.contradictsItself()) {
            throw wrong("Say which rows: --row KIND:ID, --app TOKEN, --run RUN, or --all");
        }
        if (because.isBlank()) {
            throw wrong("--because is empty: say how you know");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private String words(int rows) {
        String what = rows == 1 ? "1 row is" : SummaryTable.number(rows) + " rows are";
        return finding == Finding.SENT
                ? "%s now sent, and final.%n".formatted(what)
                : "%s pending again.%nWhat next: %s run%n".formatted(what, RootCommand.INVOCATION);
    }

    /** {@code sent} or {@code not-sent}. */
    static final class FindingConverter implements ITypeConverter<Finding> {

        @Override
        public Finding convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "sent" -> Finding.SENT;
                case "not-sent" -> Finding.NOT_SENT;
                default -> throw new TypeConversionException("'" + value + "' is neither sent nor not-sent");
            };
        }
    }
}
