package io.adjustbatch.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A table of the ledger that nobody can read until it is released: whoever tries to is stopped there. */
public final class HeldTable implements AutoCloseable {

    private static final String STOPPED = """
            FROM pg_locks WHERE NOT granted AND relation = ?::regclass
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""";

    private final String table;
    private final JdbcClient jdbc;
    private final Connection holder;

    private HeldTable(DataSource database, String table) {
        this.table = "adjust_batch." + table;
        jdbc = JdbcClient.create(database);
        try {
            holder = database.getConnection();
            holder.setAutoCommit(false);
            new JdbcTemplate(new SingleConnectionDataSource(holder, true))
                    .execute("LOCK TABLE " + this.table + " IN ACCESS EXCLUSIVE MODE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops a run whose job is done, when it compares the warehouse with the ledger. */
    public static HeldTable whenTheBooksAreChecked(DataSource database) {
        return new HeldTable(database, "accepted_difference");
    }

    /** Stops a run that has nothing to stage when it writes its report. */
    public static HeldTable whenTheReportIsWritten(DataSource database) {
        return new HeldTable(database, "left_out_total");
    }

    /** Waits for somebody to be stopped. */
    public void awaitSomebody() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> jdbc.sql("SELECT count(*) > 0 " + STOPPED)
                        .param(table)
                        .query(Boolean.class)
                        .single());
    }

    /** Waits likewise, and ends the connection that was stopped. */
    public void cut() {
        awaitSomebody();
        jdbc.sql("SELECT pg_terminate_backend(pid) " + STOPPED)
                .param(table)
                .query(Boolean.class)
                .list();
    }

    /** Lets everybody go on. */
    public void release() {
        close();
    }

    /** Likewise; a second call does nothing. */
    @Override
    public void close() {
        try {
            holder.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
