package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;

/** A command cannot do what it was asked to; the message says why and what to do about it. */
class CommandFailure extends RuntimeException {

    private final ExitCode exitCode;

    CommandFailure(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
