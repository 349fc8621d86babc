package io.adjustbatch.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * A real PostgreSQL that needs no installation: its programs come out of this program's jar, its data stay in a
 * directory of the user's from run to run. Everything it needs lies below that directory.
 *
 * <p>As safe as an installed one: commits survive a power failure, it listens on 127.0.0.1 alone, and its password is in
 * a file that only the user can read.
 *
 * <p>Processes share it: the first starts the server, later ones use it as well, the last to {@link #close()} stops it.
 * A process that dies without closing leaves the server running, with all that was committed; the next one finds it.
 * There is no shutdown hook, since others may still be writing in theirs: close it when nothing uses it any more.
 *
 * <p>Threads may share an instance.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    /** Directories in use by this process, which may lock each only once ({@link ServerUsers}). */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final String DUPLICATE_DATABASE = "42P04";
    private static final String UNIQUE_VIOLATION = "23505";

    private final Path directory;
    private final PostgresServer server;
    private final ServerUsers users;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(Path directory) throws IOException {
        this.directory = directory;
        this.server = new PostgresServer(directory);
        this.users = ServerUsers.of(directory.resolve("lock"));
        this.port = users.join(() -> {
            var running = server.findRunning();
            return running.isPresent() ? running.getAsInt() : server.start();
        });
    }

    /**
     * Where data are kept unless told otherwise: {@code $ADJUST_BATCH_HOME}, else {@code adjust-batch} in
     * {@code $XDG_DATA_HOME} or {@code ~/.local/share} (Linux), {@code ~/Library/Application Support} (macOS) or
     * {@code %LOCALAPPDATA%} (Windows).
     */
    public static Path defaultDirectory() {
        return DefaultDirectory.ofThisProcess().path();
    }

    /**
     * Starts the server, or joins the one that runs already. Takes about 3 s the first time (it unpacks PostgreSQL and
     * makes its data, 110 MB), below 0.5 s later.
     *
     * @param directory made if missing; must be on a local file system
     * @throws EmbeddedDatabaseException if that is impossible, with a remedy: no PostgreSQL for this host in the jar, a
     *     directory that cannot be written, root without user namespaces, data of another major version, a server that
     *     does not answer
     * @throws IllegalStateException if this process has it open already
     */
    public static EmbeddedDatabase start(Path directory) {
        Path home = writable(directory);
        if (!OPEN.add(home)) {
            throw new IllegalStateException("This process uses the embedded database in " + home + " already.");
        }
        try {
            return new EmbeddedDatabase(home);
        } catch (IOException e) {
            OPEN.remove(home);
            throw unusable(directory, e);
        } catch (RuntimeException e) {
            OPEN.remove(home);
            throw e;
        }
    }

    /**
     * The address of a database, which is created empty if it does not exist.
     *
     * @param database lower case letters, digits and underscores, not beginning with a digit
     * @return without user and password: {@link #username()} and {@link #password()} have these
     */
    public String jdbcUrl(String database) {
        try {
            execute("CREATE DATABASE " + checked(database));
        } catch (SQLException e) {
            // the second state is the answer if two processes create it at once
            if (!Set.of(DUPLICATE_DATABASE, UNIQUE_VIOLATION).contains(e.getSQLState())) {
                throw unexpected(e);
            }
        }
        return PostgresServer.jdbcUrl(port, database);
    }

    /**
     * Makes the database anew and empty, ending the sessions that use it. All its data are lost.
     *
     * @return as {@link #jdbcUrl(String)}
     */
    public String recreateDatabase(String database) {
        try {
            execute("DROP DATABASE IF EXISTS " + checked(database) + " WITH (FORCE)");
        } catch (SQLException e) {
            throw unexpected(e);
        }
        return jdbcUrl(database);
    }

    public String username() {
        return server.superuser().name();
    }

    public String password() {
        return server.superuser().password();
    }

    /** Leaves the server, and stops it if no other process uses it. A second call does nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            users.leave(server::stop);
        } catch (IOException e) {
            throw unusable(directory, e);
        } finally {
            OPEN.remove(directory);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect(port);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String checked(String database) {
        if (!DATABASE_NAME.matcher(database).matches()) {
            throw new IllegalArgumentException(
                    "Not a name for a database: '%s'. Use lower case letters, digits and underscores."
                            .formatted(database));
        }
        return database;
    }

    private static Path writable(Path directory) {
        try {
            // a link to a directory is not one that could be created
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
            }
            return directory.toRealPath();
        } catch (IOException e) {
            throw unusable(directory, e);
        }
    }

    private static EmbeddedDatabaseException unusable(Path directory, IOException cause) {
        return new EmbeddedDatabaseException(
                "Cannot keep the embedded database in %s: %s.".formatted(directory, cause),
                "set ADJUST_BATCH_HOME to a directory that you may write to",
                cause);
    }

    private EmbeddedDatabaseException unexpected(SQLException cause) {
        return new EmbeddedDatabaseException(
                "The embedded database in %s failed: %s".formatted(directory, cause.getMessage()),
                "see server.log there",
                cause);
    }
}
