package io.adjustbatch.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

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

        private static DataSource database(String name) {
            return new DriverManagerDataSource(STARTED.url(name), STARTED.username(), STARTED.password());
        }
    }

    private final String name;
    private final DataSource server;
    private final HikariDataSource pool;

    private TestDatabase(String name) {
        this.name = name;
        server = Server.database(name);
        pool = new HikariDataSource(pool(server));
    }

    /** Opens a connection when it is first needed: many tests need one only. */
    private static HikariConfig pool(DataSource server) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(server);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        return config;
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
        String name = Server.STARTED.copy("template1");
        migration.accept(Server.database(name));
        return name;
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

    /** Keeps its connections: a new one costs as much as some fifty small statements. */
    public DataSource dataSource() {
        return pool;
    }

    /** Opens a new connection each time. */
    public DataSource withoutPool() {
        return server;
    }

    public String name() {
        return name;
    }

    public String jdbcUrl() {
        return Server.STARTED.url(name);
    }

    public String username() {
        return Server.STARTED.username();
    }

    public String password() {
        return Server.STARTED.password();
    }

    /** Drops it, ending the sessions that use it. */
    @Override
    public void close() {
        pool.close();
        Server.STARTED.drop(name);
    }
}
