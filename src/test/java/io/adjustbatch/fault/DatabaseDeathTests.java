package io.adjustbatch.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.embedded.EmbeddedDatabase;
import io.adjustbatch.testing.HeldTable;
import io.adjustbatch.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A run whose database dies under it, or only its connections, loses and doubles nothing. */
@Tag("faults")
class DatabaseDeathTests {

    private static final int MAX_IN_FLIGHT = 16;

    @AutoClose
    private final CountingAdjust adjust = new CountingAdjust(5_000);

    @TempDir
    private Path directory = Path.of("");

    @Test
    @Timeout(240)
    void survivesTheLossOfAllConnections() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            Warehouse warehouse = new Warehouse(database.dataSource());
            JdbcClient jdbc = JdbcClient.create(database.dataSource());
            warehouse.add(3_000, 3_000);
            for (int cut = 0; cut < 5; cut++) {
                BatchProcess run = start(BatchProcess.Address.of(database), cut % 2 == 0 ? "run" : "restart");
                adjust.after(400, () -> cutConnections(jdbc));

                assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
                assertThat(count(jdbc, "state = 'SENDING'")).isZero();
                assertThat(count(jdbc, "state = 'IN_DOUBT' AND run_id = (SELECT max(run_id) FROM adjust_batch.run)"))
                        .isLessThanOrEqualTo((cut % 2 + 1) * 2L * MAX_IN_FLIGHT);
            }
            finish(BatchProcess.Address.of(database), jdbc, warehouse);
        }
    }

    @Test
    @Timeout(240)
    void survivesTheDeathOfTheServer() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        EmbeddedDatabase server = EmbeddedDatabase.start(data);
        try {
            BatchProcess.Address address = address(server);
            BatchProcess migrate = start(address, "migrate");
            assertThat(migrate.exitCode()).as(migrate.output()).isZero();
            Warehouse warehouse = new Warehouse(source(address));
            warehouse.add(3_000, 3_000);
            for (int death = 0; death < 2; death++) {
                BatchProcess run = start(address, death % 2 == 0 ? "run" : "restart");
                adjust.after(400, () -> killServer(data));

                assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
                server.close();
                server = EmbeddedDatabase.start(data);
                address = address(server);
                warehouse = new Warehouse(source(address));
            }
            finish(address, JdbcClient.create(source(address)), warehouse);
        } finally {
            server.close();
        }
    }

    @Test
    @Timeout(240)
    void saysThatItsEndCouldBeRecordedNowhere() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        EmbeddedDatabase server = EmbeddedDatabase.start(data);
        try {
            BatchProcess migrate = start(address(server), "migrate");
            assertThat(migrate.exitCode()).as(migrate.output()).isZero();
            new Warehouse(source(address(server))).add(20, 20);
            BatchProcess run;
            try (HeldTable books = HeldTable.whenTheBooksAreChecked(source(address(server)))) {
                run = start(address(server), "run");
                books.awaitSomebody();
                killServer(data);
            }

            assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
            assertThat(run.output())
                    .contains("The end of run 1 could be recorded nowhere", "the books could not be checked");
            assertThat(directory.resolve("reports/run-1")).doesNotExist();
            server.close();
            server = EmbeddedDatabase.start(data);
            BatchProcess next = start(address(server), "run");
            assertThat(next.exitCode()).as(next.output()).isZero();
            assertThat(JdbcClient.create(source(address(server)))
                            .sql("SELECT concat_ws(' ', state, exit_code) FROM adjust_batch.run ORDER BY run_id")
                            .query(String.class)
                            .list())
                    .containsExactly("ABANDONED", "COMPLETED 0");
        } finally {
            server.close();
        }
    }

    private void finish(BatchProcess.Address address, JdbcClient jdbc, Warehouse warehouse)
            throws InterruptedException {
        BatchProcess last = start(address, "run");
        assertThat(last.exitCode()).as(last.output()).isIn(0, 3);
        assertThat(adjust.repeated()).isEmpty();
        assertThat(count(jdbc, "true")).isEqualTo(warehouse.rows());
        assertThat(count(jdbc, "state NOT IN ('SENT', 'IN_DOUBT')")).isZero();
        assertThat(jdbc.sql("SELECT kind || ':' || row_id FROM adjust_batch.delivery WHERE state = 'SENT'")
                        .query(String.class)
                        .list())
                .allMatch(adjust::hasCounted);
    }

    private BatchProcess start(BatchProcess.Address address, String command) {
        return BatchProcess.start(
                address,
                adjust,
                directory,
                command,
                "--adjust.max-in-flight=" + MAX_IN_FLIGHT,
                "--spring.datasource.hikari.connection-timeout=1000");
    }

    private static void cutConnections(JdbcClient jdbc) {
        jdbc.sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()")
                .query(Long.class)
                .single();
    }

    /** As the kernel does when memory runs out: the postmaster, and with it all its children. */
    private static void killServer(Path data) {
        try (var files = Files.find(data, 4, (file, attributes) -> file.endsWith("postmaster.pid"))) {
            Path found = files.findFirst().orElseThrow();
            long pid = Long.parseLong(Files.readAllLines(found).get(0).strip());
            ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
            postmaster.children().forEach(ProcessHandle::destroyForcibly);
            postmaster.destroyForcibly();
            postmaster
                    .onExit()
                    .orTimeout(Duration.ofSeconds(10).toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BatchProcess.Address address(EmbeddedDatabase server) {
        return new BatchProcess.Address(server.jdbcUrl("night"), server.username(), server.password());
    }

    private static PGSimpleDataSource source(BatchProcess.Address address) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address.jdbcUrl());
        source.setUser(address.username());
        source.setPassword(address.password());
        return source;
    }

    private static long count(JdbcClient jdbc, String condition) {
        return jdbc.sql("SELECT count(*) FROM adjust_batch.delivery WHERE " + condition)
                .query(Long.class)
                .single();
    }
}
