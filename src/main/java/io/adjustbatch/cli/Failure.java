package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;

/**
 * Why a command failed, for a script and for a person.
 *
 * @param message complete sentences, without a secret and without a stack trace; may have several lines
 */
record Failure(ExitCode exitCode, String message) {

    Failure {
        message = Printable.lines(message);
    }
}
