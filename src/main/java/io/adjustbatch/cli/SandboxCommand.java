package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.sandbox.Sandbox;
import io.adjustbatch.sandbox.SandboxSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The Adjust simulator on its own. Needs neither Spring nor a database. */
@Command(
        name = "sandbox",
        description = {
            "Plays Adjust on this machine until Ctrl-C, so that nothing real can be hurt by a try.",
            "",
            "Answers /event, /ad_revenue and /session as Adjust's documentation says: it refuses bad tokens, old times,"
                    + " events out of order, repeated unique events, and so on. It asks for no token, listens on"
                    + " 127.0.0.1 alone, and forgets everything when it ends. GET /inspect shows what it counted."
        },
        footer = {
            "Settings: none but --port. Example, in two terminals:",
            "  ... sandbox --port 8089",
            "  ADJUST_BASE_URL=http://127.0.0.1:8089 ADJUST_TOKEN=any ... run",
            "",
            "Exit codes: 0 ended by Ctrl-C or kill; 2 wrong usage, or a port in use; 1 unexpected failure."
        })
final class SandboxCommand implements Callable<Integer> {

    private final PrintWriter out;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8089",
            description = "Port to listen on, 0 for any free one. Default: ${DEFAULT-VALUE}.")
    int port;

    SandboxCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Interruption interruption = Interruption.callsFor(ended::countDown);
        try (Sandbox sandbox = start()) {
            out.println("Adjust's sandbox listens on " + sandbox.baseUrl());
            out.println("What it counted:  curl " + sandbox.baseUrl() + "/inspect");
            out.println("Send to it:       ADJUST_BASE_URL=" + sandbox.baseUrl() + " ADJUST_TOKEN=any "
                    + RootCommand.INVOCATION + " run");
            ended.await();
        } finally {
            interruption.close();
        }
        return 0;
    }

    private Sandbox start() {
        try {
            return Sandbox.start(SandboxSettings.defaults().withPort(port));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
