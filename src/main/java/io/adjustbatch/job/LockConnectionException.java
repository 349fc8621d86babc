package io.adjustbatch.job;

import java.sql.SQLException;

/** The lock's own connection failed. */
final class LockConnectionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LockConnectionException(SQLException cause) {
        super("the lock's connection failed: " + cause.getMessage(), cause);
    }
}
