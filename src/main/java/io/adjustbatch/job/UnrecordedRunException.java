package io.adjustbatch.job;

import io.adjustbatch.audit.NextSteps;
import org.jspecify.annotations.Nullable;

/** A run has ended, and the ledger could not be told; the next run takes it for dead. The message says what to do. */
public final class UnrecordedRunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private UnrecordedRunException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The database does not answer, or takes nothing. */
    static UnrecordedRunException ofLoss(long runId, RunEnd end, Throwable cause) {
        return new UnrecordedRunException(
                """
                The end of run %d could be recorded nowhere, for the ledger cannot be written: %s.
                Why the run ended: %s.
                What next, once the database works again, which is safe: %s run
                That run takes this one for dead and goes on; what was on the wire is then in doubt.""".formatted(
                                runId,
                                RootCause.words(cause),
                                end.reason() == null ? "its work was done" : end.reason(),
                                NextSteps.INVOCATION),
                cause);
    }

    /** The run lost its lock, and another command has it now. */
    static UnrecordedRunException ofTakeover(long runId) {
        return new UnrecordedRunException(
                "Run %d lost its lock, and another command has taken it for dead and gone on. Its end was not recorded, and it has no report."
                        .formatted(runId),
                null);
    }
}
