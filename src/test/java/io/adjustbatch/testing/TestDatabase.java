package io.adjustbatch.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh, migrated database for one test class, on the {@link TestServer} of this JVM:
 *
 * <pre>{@code
 * @AutoClose
 * private static final TestDatabase DATABASE = TestDatabase.create();
 * }</pre>
 *
 * <p>It is a copy of a template that is migrated once in a JVM, made in some 50 ms. Threads may share it.
 */
public final class TestDatabase implements AutoCloseable {

    /** Kept, because a template is found again by the identity of its migration. */
    private static final Consumer<DataSource> SCHEMAS = TestDatabase::migrateSchemas;

    /** Started by the first test that needs it. */
    private static final class Server {
        private static final TestServer STARTED = TestServer.chosen();
        private static final Map<Consumer<DataSource>, String> TEMPLATES = new ConcurrentHashMap<>();
    }

    private final PGSimpleDataSource dataSource;

    private TestDatabase(PGSimpleDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** With the schemas {@code adjust_batch} and {@code warehouse} as the files in {@code sql/} make them. */
    public static TestDatabase create() {
        return create(SCHEMAS);
    }

    /** Without anything of ours in it. */
    public static TestDatabase createEmpty() {
        return new TestDatabase(Server.STARTED.copy("template1"));
    }

    /**
     * As a migration of the test's own leaves it.
     *
     * @param migration runs once for each object given here; must close its connections
     */
    public static TestDatabase create(Consumer<DataSource> migration) {
        String template = Server.TEMPLATES.computeIfAbsent(migration, TestDatabase::template);
        return new TestDatabase(Server.STARTED.copy(template));
    }

    private static String template(Consumer<DataSource> migration) {
        PGSimpleDataSource template = Server.STARTED.copy("template1");
        migration.accept(template);
        return template.getDatabaseName();
    }

    private static void migrateSchemas(DataSource database) {
        migrate(database, "adjust_batch");
        migrate(database, "warehouse");
    }

    private static void migrate(DataSource database, String schema) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:sql/" + schema)
                .defaultSchema(schema)
                .table("flyway_history")
                .load()
                .migrate();
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public String jdbcUrl() {
        return dataSource.getURL();
    }

    public String username() {
        return dataSource.getUser();
    }

    public String password() {
        return dataSource.getPassword();
    }

    /** Drops it, ending the sessions that use it. */
    @Override
    public void close() {
        Server.STARTED.drop(dataSource.getDatabaseName());
    }
}
