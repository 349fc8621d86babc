package io.adjustbatch.job;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.ledger.RunState;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, in the words of the ledger and of the exit code.
 *
 * @param reason for a person; null if it simply finished
 */
record RunEnd(RunState state, ExitCode exitCode, @Nullable String reason) {

    static RunEnd finished() {
        return new RunEnd(RunState.COMPLETED, ExitCode.FINISHED, null);
    }

    static RunEnd halted(String reason) {
        return new RunEnd(RunState.HALTED, ExitCode.HALTED, reason);
    }

    static RunEnd stopped(String reason) {
        return new RunEnd(RunState.STOPPED, ExitCode.STOPPED, reason);
    }

    static RunEnd failed(String reason) {
        return new RunEnd(RunState.FAILED, ExitCode.FAILED, reason);
    }

    /** The same end with a code that a script must rather hear of, if this is one. */
    RunEnd with(ExitCode code) {
        return new RunEnd(state, exitCode.or(code), reason);
    }

    /** The same end, and the books do not balance. */
    RunEnd imbalanced(String why) {
        return new RunEnd(
                state == RunState.COMPLETED ? RunState.FAILED : state, exitCode.or(ExitCode.IMBALANCED), joined(why));
    }

    /** A failure after this end; its reason stays, too. */
    RunEnd thenFailed(String why) {
        return new RunEnd(RunState.FAILED, exitCode.or(ExitCode.FAILED), joined(why));
    }

    private String joined(String why) {
        return reason == null ? why : reason + "; " + why;
    }
}
