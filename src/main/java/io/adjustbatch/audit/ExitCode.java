package io.adjustbatch.audit;

import java.util.Comparator;
import java.util.List;

/** What a command's exit code tells a script. Where several apply, the first of {@link #PRECEDENCE} wins. */
public enum ExitCode {
    /** Nothing failed and nothing waits for a person. */
    FINISHED(0),
    /** An unexpected failure. */
    FAILED(1),
    /** Wrong usage or configuration; nothing was done. */
    USAGE(2),
    /** Finished, but rows wait for a person: they are in doubt. */
    WAITING_FOR_PERSON(3),
    /** Halted: a configuration fault, a limit, or Adjust unreachable. Rows are left. */
    HALTED(4),
    /** Another process holds the lock; nothing was done. */
    LOCKED(5),
    /** Stopped by a signal or {@code --until}. Rows are left. */
    STOPPED(6),
    /** The books do not balance. */
    IMBALANCED(7);

    static final List<ExitCode> PRECEDENCE =
            List.of(USAGE, LOCKED, IMBALANCED, FAILED, HALTED, STOPPED, WAITING_FOR_PERSON, FINISHED);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The process's exit code, 0 to 7. */
    public int code() {
        return code;
    }

    /** Of this and another, the one that a script must hear of. */
    public ExitCode or(ExitCode other) {
        return Comparator.comparingInt(PRECEDENCE::indexOf).compare(this, other) <= 0 ? this : other;
    }
}
