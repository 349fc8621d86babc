package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.job.FirstStaging;
import io.adjustbatch.job.NightlyRun;
import io.adjustbatch.job.Progress;
import io.adjustbatch.job.RunResult;
import io.adjustbatch.ledger.RunOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.jline.terminal.spi.SystemStream;
import org.jspecify.annotations.Nullable;

/** A run that a person can watch and stop, and that ends with its summary. */
final class WatchedRun {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final Duration BETWEEN_BARS = Duration.ofMillis(200);

    private final Session session;
    private final PrintWriter out;
    private final PrintWriter err;
    private final AtomicBoolean stopping = new AtomicBoolean();

    WatchedRun(Session session, PrintWriter out, PrintWriter err) {
        this.session = session;
        this.out = out;
        this.err = err;
    }

    /** Runs a new run to its end, shows the summary on standard output, and tells how the run went. */
    RunResult start(RunOptions options, FirstStaging firstStaging) {
        return watch((run, watching) -> run.start(options, rows -> watching.ask(() -> firstStaging.mayBeSent(rows))));
    }

    /** The same with a run that is gone on with; null: the last one. */
    RunResult restart(@Nullable Long runId) {
        return watch((run, watching) -> run.restart(runId));
    }

    private RunResult watch(BiFunction<NightlyRun, Watching, RunResult> work) {
        NightlyRun run = session.bean(NightlyRun.class);
        RunResult result;
        try (Watching watching = watching(run)) {
            session.onSignal(() -> stop(run, watching));
            result = work.apply(run, watching);
        }
        show(result);
        return result;
    }

    private void show(RunResult result) {
        out.print(new SummaryTable(result.summary(), Colours.ofStandardOutput()));
        out.print(NextStepsText.of(result.summary()));
        out.printf("%nReports: %s%n", result.reportDirectory());
        out.flush();
    }

    /** The second signal ends the process at once, which is as safe as a power cut. */
    private void stop(NightlyRun run, Watching watching) {
        if (stopping.getAndSet(true)) {
            run.cutShort(() -> Runtime.getRuntime().halt(ExitCode.STOPPED.code()));
            return;
        }
        boolean sent = run.progress().phase().compareTo(Progress.Phase.RECONCILING) >= 0;
        err.println(
                sent
                        ? "All is sent that could be; the books are checked and the report is written. A second signal ends"
                                + " at once, without them."
                        : "Stopping: waiting for the answers to what is in flight, the rest stays pending. A second signal"
                                + " ends at once; what is in flight then is in doubt.");
        run.stop("stopped by a signal");
        watching.withdraw();
    }

    private Watching watching(NightlyRun run) {
        return Terminals.are(SystemStream.Error)
                ? Watching.start(run::progress, new ProgressBars(), BETWEEN_BARS)
                : Watching.start(run::progress, new ProgressLines(err), BETWEEN_LINES);
    }
}
