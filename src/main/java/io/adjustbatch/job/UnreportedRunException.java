package io.adjustbatch.job;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.NextSteps;

/** A run has ended, and the ledger knows how; but its report could not be written. The message says what to do. */
public final class UnreportedRunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    UnreportedRunException(long runId, RunEnd end, Throwable cause) {
        super("""
                Run %1$d ended with code %2$d: %3$s.
                What it did: %4$s status %1$d""".formatted(runId, end.exitCode().code(), end.reason(), NextSteps.INVOCATION), cause);
        exitCode = end.exitCode();
    }

    /** The code that the ledger has for the run. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
