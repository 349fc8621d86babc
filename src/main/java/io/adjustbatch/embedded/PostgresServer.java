package io.adjustbatch.embedded;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/**
 * The server of one directory: making its data, finding, starting and stopping it. Only one process at a time may do any
 * of these ({@link ServerUsers}).
 */
final class PostgresServer {

    private static final String HOST = "127.0.0.1";
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    /** Besides PostgreSQL's own defaults, which are durable: {@code fsync} and {@code synchronous_commit} are on. */
    private static final List<String> SETTINGS = List.of(
            "listen_addresses=" + HOST,
            "unix_socket_directories=",
            "max_connections=100",
            "shared_buffers=128MB",
            // a run over a million rows writes about this much: no checkpoint is forced in the middle of it
            "max_wal_size=2GB",
            "log_checkpoints=off",
            // a failed statement is logged with its row, and no device identifier may get into a log
            "log_min_messages=log",
            "log_min_error_statement=panic");

    private final Path home;
    private final Path data;
    private final Path log;
    private final Path passwordFile;

    PostgresServer(Path home) {
        this.home = home;
        this.data = home.resolve("data");
        this.log = home.resolve("server.log");
        this.passwordFile = home.resolve("password");
    }

    static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(HOST, port, database);
    }

    /**
     * @throws EmbeddedDatabaseException if the password file is gone
     */
    Superuser superuser() {
        try {
            return Superuser.of(passwordFile);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "Cannot read the database's password from %s.".formatted(passwordFile),
                    "restore that file, or move %s away to begin with an empty database".formatted(home),
                    e);
        }
    }

    /** Connects to the maintenance database. */
    Connection connect(int port) throws SQLException {
        Superuser superuser = superuser();
        return DriverManager.getConnection(
                jdbcUrl(port, "postgres") + "?loginTimeout=10", superuser.name(), superuser.password());
    }

    /**
     * The port of the running server, also of one that outlived the process which started it. Waits for one that is
     * just starting or stopping.
     *
     * @return empty if none runs
     * @throws EmbeddedDatabaseException if one runs but does not let us in within two minutes
     */
    OptionalInt findRunning() throws IOException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        Optional<Postmaster> found = running();
        while (found.isPresent()) {
            try {
                connect(found.get().port()).close();
                return OptionalInt.of(found.get().port());
            } catch (SQLException e) {
                if (System.nanoTime() > deadline || refusesPassword(e)) {
                    throw noEntry(found.get(), e);
                }
                pause();
            }
            found = running();
        }
        return OptionalInt.empty();
    }

    /**
     * Starts the server on a free port, with new data if there are none. When it returns, the server answers.
     *
     * @return its port
     * @throws EmbeddedDatabaseException if it cannot be started, with what PostgreSQL says about it
     */
    int start() throws IOException {
        PostgresPrograms programs = PostgresPrograms.below(home, log);
        if (Files.exists(log)) {
            Files.move(log, home.resolve("server.previous.log"), REPLACE_EXISTING);
        }
        if (Files.exists(data)) {
            requireVersionOf(programs);
        } else {
            initialize(programs);
        }
        Postmaster.forget(data);
        int port = freePort();
        String settings = SETTINGS.stream().collect(Collectors.joining(" -c ", "-p " + port + " -c ", ""));
        programs.run(
                "pg_ctl",
                List.of("start", "-D", data.toString(), "-l", log.toString(), "-o", settings, "-w", "-t", seconds()));
        return port;
    }

    /** Ends all sessions and stops the server, unless it has died; returns when all is written and it is gone. */
    void stop() throws IOException {
        if (running().isPresent()) {
            PostgresPrograms.below(home, log)
                    .run("pg_ctl", List.of("stop", "-D", data.toString(), "-m", "fast", "-w", "-t", seconds()));
        }
    }

    /** A crash on the way leaves nothing that would be taken for complete. */
    private void initialize(PostgresPrograms programs) throws IOException {
        Path incomplete = home.resolve("data.incomplete");
        FileSystemUtils.deleteRecursively(incomplete);
        Superuser superuser = Superuser.create(passwordFile);
        programs.run(
                "initdb",
                List.of(
                        "--pgdata=" + incomplete,
                        "--username=" + superuser.name(),
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        // the same order of text on every host
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8"));
        Files.move(incomplete, data);
    }

    private void requireVersionOf(PostgresPrograms programs) throws IOException {
        String dataVersion = Files.readString(data.resolve("PG_VERSION")).strip();
        String programVersion = programs.run("postgres", List.of("--version"));
        if (!programVersion.contains(" " + dataVersion + ".")) {
            throw new EmbeddedDatabaseException(
                    "%s holds data of PostgreSQL %s; this release brings %s."
                            .formatted(data, dataVersion, programVersion),
                    "dump them with the release that made them, or move %s away to begin with an empty database"
                            .formatted(home),
                    null);
        }
    }

    private Optional<Postmaster> running() throws IOException {
        return Postmaster.of(data).filter(postmaster -> postmaster.runs(home));
    }

    private EmbeddedDatabaseException noEntry(Postmaster postmaster, SQLException cause) {
        return new EmbeddedDatabaseException(
                "PostgreSQL runs on %s (process %d), but does not let us in: %s"
                        .formatted(data, postmaster.pid(), cause.getMessage()),
                "end that process and try again",
                cause);
    }

    private static boolean refusesPassword(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("28");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String seconds() {
        return Long.toString(LONGEST_START.toSeconds());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException("Interrupted while waiting for PostgreSQL.", "try again", e);
        }
    }
}
