package io.adjustbatch.job;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.ledger.HaltedScope;
import io.adjustbatch.ledger.RunState;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, in the words of the ledger and of the exit code. Of several ends the worst names the state, the one that
 * a script must rather hear of the code, and every reason stays.
 *
 * @param reason for a person; null if it simply finished
 * @param halts what was halted
 */
record RunEnd(RunState state, ExitCode exitCode, @Nullable String reason, List<HaltedScope> halts) {

    private static final List<RunState> WORSE_AND_WORSE =
            List.of(RunState.COMPLETED, RunState.STOPPED, RunState.HALTED, RunState.FAILED);

    RunEnd {
        halts = List.copyOf(halts);
    }

    static RunEnd finished() {
        return new RunEnd(RunState.COMPLETED, ExitCode.FINISHED, null, List.of());
    }

    static RunEnd failed(String reason) {
        return finished().thenFailed(reason);
    }

    /** The same end, and rows wait for a person. */
    RunEnd thenInDoubt() {
        return new RunEnd(state, exitCode.or(ExitCode.WAITING_FOR_PERSON), reason, halts);
    }

    /** The same end, and it was stopped. */
    RunEnd thenStopped(String why) {
        return then(RunState.STOPPED, ExitCode.STOPPED, why);
    }

    /**
     * The same end, and something was halted.
     *
     * @param scopes at least one
     */
    RunEnd thenHalted(List<HaltedScope> scopes) {
        RunEnd end = then(
                RunState.HALTED,
                ExitCode.HALTED,
                scopes.stream().map(RunEnd::words).collect(Collectors.joining("; ")));
        return new RunEnd(end.state, end.exitCode, end.reason, scopes);
    }

    /** The same end, and something failed. */
    RunEnd thenFailed(String why) {
        return then(RunState.FAILED, ExitCode.FAILED, why);
    }

    /** The same end, and the books do not balance. */
    RunEnd thenImbalanced(String why) {
        return then(state == RunState.COMPLETED ? RunState.FAILED : state, ExitCode.IMBALANCED, why);
    }

    private RunEnd then(RunState other, ExitCode code, String why) {
        RunState worse = WORSE_AND_WORSE.indexOf(other) > WORSE_AND_WORSE.indexOf(state) ? other : state;
        return new RunEnd(worse, exitCode.or(code), reason == null ? why : reason + "; " + why, halts);
    }

    private static String words(HaltedScope halt) {
        return String.format(
                Locale.ROOT,
                "%s: %s: %s; %,d %s",
                halt.scope(),
                halt.cause(),
                halt.remedy(),
                halt.waitingRows(),
                halt.waitingRows() == 1 ? "row waits" : "rows wait");
    }
}
