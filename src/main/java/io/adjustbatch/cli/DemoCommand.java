package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.job.FirstStaging;
import io.adjustbatch.job.Migration;
import io.adjustbatch.job.RunResult;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.sandbox.Sandbox;
import io.adjustbatch.sandbox.SandboxSettings;
import io.adjustbatch.warehouse.CsvLoader;
import io.adjustbatch.warehouse.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The whole product in one command. */
@Command(
        name = "demo",
        description = {
            "Shows the whole product at work, needing nothing: no database, no account at Adjust, no network.",
            "",
            "Makes up a night of 6,500 rows, with a handful of everything that Adjust or we refuse; loads them into an"
                    + " embedded PostgreSQL, into a database of its own that is made anew each time; plays Adjust on"
                    + " this machine; does a full run; writes the reports. Your data, your settings files and the real"
                    + " Adjust are not touched."
        },
        footer = {
            "Files go to reports/demo in the working directory.",
            "Settings: only those of the command line count, for instance --adjust.max-in-flight=16.",
            "",
            "Example:",
            "  ... demo",
            "",
            "Exit codes: 0 the run went as it should, refusals, doubts and halts included: what run would have exited",
            "with is printed; 2 wrong usage; 6 stopped by Ctrl-C; 1 or 7 something is broken."
        })
final class DemoCommand implements Callable<Integer> {

    private static final String TOKEN = "demo-token";
    private static final Path JAR = Path.of("target", "adjust-batch.jar");
    private static final Path DIRECTORY = Path.of("reports", "demo");

    private final Sessions sessions;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Clock clock;

    @Mixin
    CommonOptions common = new CommonOptions();

    DemoCommand(Sessions sessions, PrintWriter out, PrintWriter err, Clock clock) {
        this.sessions = sessions;
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        SandboxSettings strict = SandboxSettings.defaults().withToken(TOKEN, SandboxSettings.AuthFailure.ACCEPTED_202);
        try (Sandbox sandbox = Sandbox.start(strict);
                Session session = sessions.open(Database.DEMO, settings(sandbox))) {
            err.println("Adjust is played on " + sandbox.baseUrl() + ", the database is " + session.address());
            load(session);
            RunResult result = new WatchedRun(session, out, err).start(RunOptions.everything(), FirstStaging.SEND);
            return conclude(result);
        }
    }

    /** A short timeout and a high limit, since the sandbox leaves some rows without an answer on purpose. */
    private static Map<String, Object> settings(Sandbox sandbox) {
        return Map.of(
                "adjust.base-url",
                sandbox.baseUrl().toString(),
                "adjust.token",
                TOKEN,
                "adjust.timeout",
                "2s",
                "adjust.policy.ambiguous.max-percent",
                "10",
                "report.directory",
                DIRECTORY.toString());
    }

    private void load(Session session) throws IOException {
        session.bean(Migration.class).migrate();
        DemoRows rows = DemoNight.rows(clock.instant());
        for (Kind kind : Kind.values()) {
            Path file = DIRECTORY.resolve("warehouse").resolve(kind.key() + ".csv");
            DemoFiles.write(rows, kind, file);
            long loaded = session.bean(CsvLoader.class).load(file, kind);
            err.printf("Loaded %,d rows from %s%n", loaded, file);
        }
    }

    private int conclude(RunResult result) {
        ExitCode code = result.exitCode();
        out.printf(
                "%nThese steps are those of a night of your own: the demo's database is made anew each time, and no other"
                        + " command looks into it.%nTo see more of the demo, open %s in a browser.%nTo begin with rows of your"
                        + " own, which sends nothing yet: %s migrate%n",
                result.reportDirectory().resolve("report.html"), RootCommand.INVOCATION);
        if (!Files.exists(JAR)) {
            out.println("Before that, this makes " + JAR + ": ./mvnw verify");
        }
        if (code == ExitCode.HALTED || code == ExitCode.WAITING_FOR_PERSON) {
            out.printf("As the command run, this night would have exited with code %d.%n", code.code());
            return ExitCode.FINISHED.code();
        }
        return code.code();
    }
}
