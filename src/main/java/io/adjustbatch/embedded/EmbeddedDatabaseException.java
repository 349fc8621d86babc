package io.adjustbatch.embedded;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL cannot be used; the message says what is wrong and what to do about it. */
public final class EmbeddedDatabaseException extends RuntimeException {

    private static final String WAY_OUT = ", or set SPRING_DATASOURCE_URL to a PostgreSQL 14 or newer";

    /**
     * @param problem what went wrong, naming the directory, program or process
     * @param remedy what to do, as half a sentence; the way out of using another server is added
     */
    EmbeddedDatabaseException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem + "\nWhat to do: " + remedy + WAY_OUT + ".", cause);
    }
}
