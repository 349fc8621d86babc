package io.adjustbatch.audit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** One server for all tests of this package; each test starts with an empty ledger. */
final class LedgerDatabase {

    private static final DataSource DATA_SOURCE = start();

    private LedgerDatabase() {}

    static DataSource dataSource() {
        return DATA_SOURCE;
    }

    private static DataSource start() {
        try {
            DataSource dataSource = EmbeddedPostgres.builder().start().getPostgresDatabase();
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations("classpath:sql/adjust_batch")
                    .defaultSchema("adjust_batch")
                    .load()
                    .migrate();
            return dataSource;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
