package io.adjustbatch.audit;

import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the database as it stood at one moment: all that is read in one go agrees with itself, and can be streamed.
 * A snapshot inside a snapshot is the same one. Threads may share it.
 */
public final class Snapshot {

    /** PostgreSQL's default of 4 MB sorts the journal of a night of a million rows on disk. */
    private static final String SORT_MEMORY = "64MB";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public Snapshot(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        transaction.setReadOnly(true);
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    public <T> T read(Function<JdbcClient, T> reading) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("SET LOCAL work_mem = '" + SORT_MEMORY + "'").update();
            return reading.apply(jdbc);
        }));
    }
}
