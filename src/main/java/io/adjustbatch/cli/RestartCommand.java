package io.adjustbatch.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes on with the last run. */
@Command(
        name = "restart",
        description = {
            "Goes on with the last run, which failed, was halted, was stopped or died.",
            "",
            "Same run id, same report folder. Nothing new is staged if the run's staging was complete; whatever the ledger"
                    + " calls open is sent. What was on the wire when a run died is in doubt and not sent again; sessions are."
                    + " Starting the command run instead is just as safe: it takes in the new rows, too."
        },
        footer = {
            "Settings it needs: those of the command run.",
            "",
            "Examples:",
            "  ... restart",
            "  ... restart 17",
            "",
            "Exit codes: those of run; 2 also if the run has finished or is not the last one."
        })
final class RestartCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;
    private final PrintWriter err;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "The run's id; must be the last one. Default: the last one.")
    @Nullable
    Long run;

    RestartCommand(Sessions sessions, PrintWriter out, PrintWriter err) {
        this.sessions = sessions;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try (Session session = sessions.open(Database.NIGHTLY)) {
            session.requireToken();
            return new WatchedRun(session, out, err).restart(run).exitCode().code();
        }
    }
}
