package io.adjustbatch.job;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.ledger.HaltedScope;
import io.adjustbatch.ledger.RunState;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, in the words of the ledger and of the exit code.
 *
 * @param reason for a person; null if it simply finished
 * @param halts what was halted
 */
record RunEnd(RunState state, ExitCode exitCode, @Nullable String reason, List<HaltedScope> halts) {

    RunEnd {
        halts = List.copyOf(halts);
    }

    private RunEnd(RunState state, ExitCode exitCode, @Nullable String reason) {
        this(state, exitCode, reason, List.of());
    }

    static RunEnd finished() {
        return new RunEnd(RunState.COMPLETED, ExitCode.FINISHED, null);
    }

    static RunEnd halted(List<HaltedScope> halts) {
        return new RunEnd(
                RunState.HALTED,
                ExitCode.HALTED,
                halts.stream().map(RunEnd::words).collect(Collectors.joining("; ")),
                halts);
    }

    static RunEnd stopped(String reason) {
        return new RunEnd(RunState.STOPPED, ExitCode.STOPPED, reason);
    }

    static RunEnd failed(String reason) {
        return new RunEnd(RunState.FAILED, ExitCode.FAILED, reason);
    }

    /** The same end with a code that a script must rather hear of, if this is one. */
    RunEnd with(ExitCode code) {
        return new RunEnd(state, exitCode.or(code), reason, halts);
    }

    /** The same end, and the books do not balance. */
    RunEnd imbalanced(String why) {
        return new RunEnd(
                state == RunState.COMPLETED ? RunState.FAILED : state,
                exitCode.or(ExitCode.IMBALANCED),
                joined(why),
                halts);
    }

    /** A failure after this end; its reason stays, too. */
    RunEnd thenFailed(String why) {
        return new RunEnd(RunState.FAILED, exitCode.or(ExitCode.FAILED), joined(why), halts);
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

    private String joined(String why) {
        return reason == null ? why : reason + "; " + why;
    }
}
