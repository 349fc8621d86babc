package io.adjustbatch.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One directory for all tests, because unpacking takes seconds; each test leaves its server stopped. */
class EmbeddedDatabaseIntegrationTests {

    private static Path parent;
    private static Path directory;

    @BeforeAll
    static void nameDirectoryWithBlank(@TempDir Path temporary) throws IOException {
        parent = temporary.toRealPath();
        directory = parent.resolve("Application Support").resolve("adjust-batch");
    }

    @AfterEach
    void noServerIsLeft() {
        assertThat(directory.resolve("data").resolve("postmaster.pid")).doesNotExist();
    }

    @AfterAll
    static void noProgramOfOursIsLeft() {
        assertThat(ProcessHandle.allProcesses()
                        .flatMap(process -> process.info().command().stream())
                        .filter(command -> command.startsWith(parent.toString())))
                .isEmpty();
    }

    @Test
    void keepsDataOverRestart() {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            Rows.of(database, "restart").insert(42);
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThat(Rows.of(database, "restart").all()).containsExactly(42L);
        }
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
                    fsync,              on
                    synchronous_commit, on
                    full_page_writes,   on
                    listen_addresses,   127.0.0.1
                    log_min_messages,   log
                    """)
    void runsWithSettingsFitForMoney(String name, String value) {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThat(Rows.of(database, "settings").setting(name)).isEqualTo(value);
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            String url = database.jdbcUrl("guarded");

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(url, database.username(), "guess")
                            .close())
                    .withMessageContaining("authentication failed");
            assertThat(directory.resolve("password"))
                    .satisfies(file ->
                            assertThat(Files.getPosixFilePermissions(file)).hasSize(2));
        }
    }

    @Test
    void keepsRowsOfFailedStatementsOutOfItsLog() throws IOException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            Rows rows = Rows.of(database, "secret");
            rows.insert(8412345678L);
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> rows.insert(8412345678L));
        }

        assertThat(Files.readString(directory.resolve("server.log"))).doesNotContain("8412345678");
    }

    @Test
    void recreatesDatabaseEmpty() {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            Rows.of(database, "demo").insert(1);

            database.recreateDatabase("demo");

            assertThat(Rows.of(database, "demo").all()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Demo", "a b", "x; DROP DATABASE demo", "1st"})
    void refusesNameThatIsNoIdentifier(String name) {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThatIllegalArgumentException().isThrownBy(() -> database.jdbcUrl(name));
        }
    }

    @Test
    void findsServerThatOutlivedItsKilledProcess() throws IOException {
        try (OtherProcess other = OtherProcess.using(directory)) {
            Rows committed;
            other.kill();

            try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
                committed = Rows.of(database, "other");
                assertThat(committed.all()).containsExactly(1L);
                committed.insert(2);
            }
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThat(Rows.of(database, "other").all()).containsExactly(1L, 2L);
        }
    }

    @Test
    void startsAfterServerItselfWasKilled() throws IOException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            Rows.of(database, "crash").insert(7);
            Postmaster postmaster = Postmaster.of(directory.resolve("data")).orElseThrow();
            ProcessHandle server = ProcessHandle.of(postmaster.pid()).orElseThrow();
            List<ProcessHandle> all = server.descendants().toList();
            server.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
            server.onExit().join();
            all.forEach(process -> process.onExit().join());
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThat(Rows.of(database, "crash").all()).containsExactly(7L);
        }
    }

    @Test
    void startsAlthoughAnotherProgramHasNumberOfDeadServer() throws IOException {
        EmbeddedDatabase.start(directory).close();
        Files.writeString(
                directory.resolve("data").resolve("postmaster.pid"),
                "%d%n%s%n0%n5432%n".formatted(ProcessHandle.current().pid(), directory));

        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThat(Rows.of(database, "pid").all()).isEmpty();
        }
    }

    @Test
    void leavesServerToProcessThatStillUsesIt() throws IOException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory);
                OtherProcess other = OtherProcess.using(directory)) {
            other.leave();

            assertThat(Rows.of(database, "other").all()).containsExactly(1L);
        }
    }

    @Test
    void leavesServerItStartedToProcessThatJoinedLater() throws IOException {
        EmbeddedDatabase starter = EmbeddedDatabase.start(directory);
        try (OtherProcess other = OtherProcess.using(directory)) {
            starter.close();

            OptionalInt running = new PostgresServer(directory.toRealPath()).findRunning();
            assertThat(running).isPresent();

            other.leave();
        }
    }

    @Test
    void isOpenedOnceByProcess() {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> EmbeddedDatabase.start(directory))
                    .withMessageContaining(directory.toString());
            assertThat(Rows.of(database, "once").all()).isEmpty();
        }
    }

    @Test
    void saysWhatToDoWhereItCannotWrite() throws IOException {
        Path file = Files.createFile(parent.resolve("file"));

        assertThatExceptionOfType(EmbeddedDatabaseException.class)
                .isThrownBy(() -> EmbeddedDatabase.start(file.resolve("below")))
                .withMessageContainingAll(file.toString(), "set ADJUST_BATCH_HOME", "SPRING_DATASOURCE_URL");
    }

    @Test
    void saysWhatToDoWithDataOfAnotherVersion() throws IOException {
        EmbeddedDatabase.start(directory).close();
        Path version = directory.resolve("data").resolve("PG_VERSION");
        String actual = Files.readString(version);
        Files.writeString(version, "17\n");
        try {
            assertThatExceptionOfType(EmbeddedDatabaseException.class)
                    .isThrownBy(() -> EmbeddedDatabase.start(directory))
                    .withMessageContainingAll("PostgreSQL 17", "(PostgreSQL) 18", "dump them");
        } finally {
            Files.writeString(version, actual);
        }
    }

    @Test
    void saysWhatToDoWithoutPasswordFile() throws IOException {
        Path password = directory.resolve("password");
        try (OtherProcess other = OtherProcess.using(directory)) {
            other.kill();
        }
        String content = Files.readString(password);
        Files.delete(password);
        try {
            assertThatExceptionOfType(EmbeddedDatabaseException.class)
                    .isThrownBy(() -> EmbeddedDatabase.start(directory))
                    .withMessageContainingAll(password.toString(), "restore that file");
        } finally {
            Files.writeString(password, content);
            EmbeddedDatabase.start(directory).close();
        }
    }

    @Test
    void tellsWhatPostgresSaysWhenItDoesNotStart() throws IOException {
        EmbeddedDatabase.start(directory).close();
        Path configuration = directory.resolve("data").resolve("postgresql.auto.conf");
        String actual = Files.readString(configuration);
        Files.writeString(configuration, "work_mem = 'much'\n");
        try {
            assertThatExceptionOfType(EmbeddedDatabaseException.class)
                    .isThrownBy(() -> EmbeddedDatabase.start(directory))
                    .withMessageContainingAll("pg_ctl failed", "work_mem", "much");
        } finally {
            Files.writeString(configuration, actual);
        }
    }

    @Test
    void tellsRootToRunAsSomebodyElse() {
        assertThat(PostgresPrograms.remedyFor("initdb: error: cannot be run as root"))
                .contains("ordinary user");
    }
}
