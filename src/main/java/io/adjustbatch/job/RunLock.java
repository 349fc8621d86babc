package io.adjustbatch.job;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The proof that no other run is alive: a session advisory lock of PostgreSQL, on a connection of its own, held until
 * {@link #close()} or the end of the process. The server gives it back when the connection dies; so the connection is
 * pinged, and whoever relies on the lock is told when it is lost.
 */
final class RunLock implements AutoCloseable {

    private static final int PING_SECONDS = 5;

    private static final Logger log = LoggerFactory.getLogger(RunLock.class);

    private final Connection connection;
    private final CountDownLatch closed = new CountDownLatch(1);

    private RunLock(Connection connection) {
        this.connection = connection;
    }

    /**
     * Takes the lock.
     *
     * @param source opens a connection of its own each time, to the server itself and not to a transaction pooler
     * @throws LockedException if another process holds it
     * @throws PooledConnectionException if the connection changes its server process between two transactions
     */
    static RunLock take(DataSource source) {
        try {
            return take(source.getConnection());
        } catch (SQLException e) {
            throw new LockConnectionException(e);
        }
    }

    private static RunLock take(Connection connection) throws SQLException {
        boolean taken = false;
        try {
            connection.setAutoCommit(true);
            int backend = backend(connection);
            if (backend(connection) != backend) {
                throw new PooledConnectionException();
            }
            taken = query(
                    connection, "SELECT pg_try_advisory_lock(" + LockHolder.KEY + ")", result -> result.getBoolean(1));
            if (!taken) {
                throw new LockedException(holder(connection));
            }
            return new RunLock(connection);
        } finally {
            if (!taken) {
                connection.close();
            }
        }
    }

    /** Calls {@code whenLost} once, from a thread of its own, when the connection no longer answers. */
    void watch(Runnable whenLost) {
        Thread pings = new Thread(() -> ping(whenLost), "lock-ping");
        pings.setDaemon(true);
        pings.start();
    }

    private void ping(Runnable whenLost) {
        try {
            while (!closed.await(PING_SECONDS, TimeUnit.SECONDS)) {
                if (!answers()) {
                    whenLost.run();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers() {
        try {
            return connection.isValid(PING_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private static int backend(Connection connection) throws SQLException {
        return query(connection, "SELECT pg_backend_pid()", result -> result.getInt(1));
    }

    private static String holder(Connection connection) {
        return "another command holds the lock: %s. Nothing was done; wait until it has ended, or stop it"
                .formatted(new LockHolder(new SingleConnectionDataSource(connection, true))
                        .find()
                        .orElse("another process"));
    }

    private static <T> T query(Connection connection, String sql, Reading<T> reading) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return reading.read(result);
        }
    }

    private interface Reading<T> {
        T read(ResultSet result) throws SQLException;
    }

    /** Gives the lock back: another command may take it as soon as this returns. */
    @Override
    public void close() {
        closed.countDown();
        try (connection) {
            // The server would do so by itself when it notices the end of the connection, but a moment later.
            query(connection, "SELECT pg_advisory_unlock(" + LockHolder.KEY + ")", result -> result.getBoolean(1));
        } catch (SQLException e) {
            log.debug("The lock's connection was lost, and the lock with it", e);
        }
    }
}
