package io.adjustbatch.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The one PostgreSQL server of a test JVM. One that was started for it ends with it, and would lose data if the power
 * failed: no model for production.
 */
final class TestServer {

    private static final String MAX_CONNECTIONS = "300";

    private final String url;
    private final String username;
    private final String password;
    private final Set<String> databases = ConcurrentHashMap.newKeySet();

    private TestServer(String url, String username, String password) {
        this.url = url;
        this.username = username;
        this.password = password;
    }

    /**
     * Starts or finds the server that the system property or environment variable {@code TEST_DATABASE} asks for:
     * {@code container}, {@code embedded}, or the JDBC URL, with a host, of one whose user, given in it, may create databases.
     * Unless set, a container where Docker is found, else embedded. Prints what it is.
     */
    static TestServer chosen() {
        return setting("TEST_DATABASE")
                .map(TestServer::of)
                .orElseGet(() -> DockerClientFactory.instance().isDockerAvailable()
                        ? container("Docker found")
                        : embedded("no Docker found"));
    }

    private static TestServer of(String choice) {
        return switch (choice) {
            case "container" -> container("TEST_DATABASE");
            case "embedded" -> embedded("TEST_DATABASE");
            default -> existing(choice);
        };
    }

    /** Of the image {@code TEST_DATABASE_IMAGE}, {@code postgres:18} unless set. Fails without Docker. */
    private static TestServer container(String reason) {
        String image = setting("TEST_DATABASE_IMAGE").orElse("postgres:18");
        announce("a container of " + image, reason);
        PostgreSQLContainer server =
                new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"));
        server.setCommand("postgres", "-c", "fsync=off", "-c", "max_connections=" + MAX_CONNECTIONS);
        server.start();
        return new TestServer(server.getJdbcUrl(), server.getUsername(), server.getPassword());
    }

    private static TestServer embedded(String reason) {
        announce("embedded PostgreSQL", reason);
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .setServerConfig("max_connections", MAX_CONNECTIONS)
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .start();
            return new TestServer(server.getJdbcUrl("postgres", "postgres"), "postgres", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestServer existing(String url) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        announce("an existing PostgreSQL on " + String.join(",", database.getServerNames()), "TEST_DATABASE");
        TestServer server = new TestServer(url, database.getUser(), database.getPassword());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.databases.forEach(server::drop)));
        return server;
    }

    /**
     * Creates a database.
     *
     * @param template what to copy, which nobody may be connected to
     * @return its name
     */
    String copy(String template) {
        String name = "adjust_batch_test_" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        databases.add(name);
        return name;
    }

    /** As short as it can be: Flyway, which searches a URL for passwords, spends half a second on one of 2,000 characters. */
    String url(String database) {
        return url.replaceFirst("(//[^/]+/)[^?]*", "$1" + database);
    }

    String username() {
        return username;
    }

    String password() {
        return password;
    }

    /** Drops a database, ending the sessions that use it. */
    void drop(String database) {
        execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
        databases.remove(database);
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url, username, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Failed on the test server: " + sql, e);
        }
    }

    private static void announce(String server, String reason) {
        System.out.printf("Database tests run on %s (%s).%n", server, reason);
    }

    private static Optional<String> setting(String name) {
        return Stream.of(System.getProperty(name, ""), System.getenv().getOrDefault(name, ""))
                .filter(value -> !value.isBlank())
                .findFirst();
    }
}
