package io.adjustbatch.job;

/** The lock's connection leads to a transaction pooler, where a session's lock means nothing. */
public final class PooledConnectionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PooledConnectionException() {
        super("the database is behind a transaction pooler, where the run's lock would not hold:"
                + " set lock.datasource.url to a direct connection to the same database");
    }
}
