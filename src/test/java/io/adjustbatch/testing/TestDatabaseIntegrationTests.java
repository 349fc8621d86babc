package io.adjustbatch.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class TestDatabaseIntegrationTests {

    @Test
    void givesEachCallerADatabaseOfItsOwn() {
        try (TestDatabase one = TestDatabase.createEmpty();
                TestDatabase other = TestDatabase.createEmpty()) {
            client(one).sql("CREATE TABLE only_here ()").update();

            assertThat(tables(one)).isEqualTo(1);
            assertThat(tables(other)).isZero();
        }
    }

    @Test
    void migratesOnceForAllCopies() {
        AtomicInteger runs = new AtomicInteger();
        Consumer<DataSource> migration = database -> {
            runs.incrementAndGet();
            JdbcClient.create(database).sql("CREATE TABLE migrated ()").update();
        };

        try (TestDatabase one = TestDatabase.create(migration);
                TestDatabase other = TestDatabase.create(migration)) {
            assertThat(tables(one)).isEqualTo(1);
            assertThat(tables(other)).isEqualTo(1);
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void hasBothSchemasWithHistoriesOfTheirOwn() {
        try (TestDatabase database = TestDatabase.create()) {
            assertThat(client(database)
                            .sql("SELECT schemaname FROM pg_tables WHERE tablename = 'flyway_history' ORDER BY 1")
                            .query(String.class)
                            .list())
                    .containsExactly("adjust_batch", "warehouse");
        }
    }

    @Test
    void isReachedByUrlUntilDropped() throws SQLException {
        TestDatabase database = TestDatabase.createEmpty();
        String url = database.jdbcUrl();
        DriverManager.getConnection(url, database.username(), database.password())
                .close();

        database.close();

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection(url, database.username(), database.password())
                        .close())
                .withMessageContaining("does not exist");
    }

    private static JdbcClient client(TestDatabase database) {
        return JdbcClient.create(database.dataSource());
    }

    private static long tables(TestDatabase database) {
        return client(database)
                .sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
                .query(Long.class)
                .single();
    }
}
