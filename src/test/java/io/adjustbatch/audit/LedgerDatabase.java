package io.adjustbatch.audit;

import io.adjustbatch.testing.TestDatabase;
import javax.sql.DataSource;

/** One for all tests of this package; each test starts with an empty ledger. It ends with the server. */
final class LedgerDatabase {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private LedgerDatabase() {}

    static DataSource dataSource() {
        return DATABASE.dataSource();
    }
}
