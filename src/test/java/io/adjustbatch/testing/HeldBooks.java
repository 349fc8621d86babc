package io.adjustbatch.testing;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Stops whoever compares the warehouse with the ledger, as a run does after its job, until closed. */
public final class HeldBooks implements AutoCloseable {

    private static final String CHECKERS = """
            FROM pg_locks WHERE NOT granted AND relation = 'adjust_batch.accepted_difference'::regclass
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""";

    private final JdbcClient jdbc;
    private final Connection holder;

    public HeldBooks(DataSource database) {
        jdbc = JdbcClient.create(database);
        try {
            holder = database.getConnection();
            holder.setAutoCommit(false);
            new JdbcTemplate(new SingleConnectionDataSource(holder, true))
                    .execute("LOCK TABLE adjust_batch.accepted_difference IN ACCESS EXCLUSIVE MODE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void awaitWhoeverChecksThem() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> jdbc.sql("SELECT count(*) > 0 " + CHECKERS)
                        .query(Boolean.class)
                        .single());
    }

    public void cutWhoeverChecksThem() {
        awaitWhoeverChecksThem();
        jdbc.sql("SELECT pg_terminate_backend(pid) " + CHECKERS)
                .query(Boolean.class)
                .list();
    }

    /** Lets them go on; a second call does nothing. */
    @Override
    public void close() {
        try {
            holder.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
