package io.adjustbatch.cli;

import io.adjustbatch.warehouse.Kind;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run would do. */
@Command(
        name = "validate",
        description = {
            "Shows what a run would do if it started now: rows and money that would be sent, refused here, left waiting or,"
                    + " by a first staging, left in the warehouse; and the first rows that it would refuse, with the reasons.",
            "",
            "Sends nothing and changes nothing; it may be used while a run is at work. What Adjust would answer, nobody can"
                    + " say. The option --dry-run of the command run is the same."
        },
        footer = {
            "Settings it needs: spring.datasource.url, .username, .password (without: the embedded database).",
            "",
            "Examples:",
            "  ... validate",
            "  ... validate --kind purchase --json",
            "",
            "Exit codes: 0 shown, whatever it says; 2 wrong usage or configuration, no ledger yet; 1 unexpected failure."
        })
final class ValidateCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = "--kind",
            split = ",",
            paramLabel = "KIND",
            converter = KindConverter.class,
            description = "Only these kinds: session, purchase, ad_revenue. Default: all of them.")
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);

    @Option(names = "--json", description = "Print JSON, with money as text so that no reader rounds it.")
    boolean json;

    ValidateCommand(Sessions sessions, PrintWriter out) {
        this.sessions = sessions;
        this.out = out;
    }

    @Override
    public Integer call() {
        try (Session session = sessions.openWithLedger()) {
            out.print(ForecastText.of(session, kinds.isEmpty() ? EnumSet.allOf(Kind.class) : kinds, json));
            out.flush();
            return 0;
        }
    }
}
