package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.sandbox.Fault;
import io.adjustbatch.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Who may write the ledger, and what becomes of a run that no longer may. */
class RunLockIntegrationTests {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.createEmpty();

    @TempDir
    private Path reports;

    @Test
    void isHeldByOneAndFreeAsSoonAsThatOneGivesItBack() {
        for (int round = 0; round < 20; round++) {
            try (RunLock held = RunLock.take(DATABASE.withoutPool())) {
                assertThat(held).isNotNull();
                assertThatExceptionOfType(LockedException.class)
                        .isThrownBy(() -> RunLock.take(DATABASE.withoutPool()))
                        .withMessageContaining("another command holds the lock: ")
                        .withMessageContaining(" since ");
            }
        }
    }

    @Test
    void isRefusedBehindATransactionPooler() {
        assertThatExceptionOfType(PooledConnectionException.class)
                .isThrownBy(() -> RunLock.take(pooled(DATABASE.withoutPool())))
                .withMessageContaining("lock.datasource.url");
    }

    @Test
    @Timeout(120)
    void aRunThatLosesItsLockStopsSendingAndTheNextOneGoesOn() throws Exception {
        try (Night night = new Night(reports, "--adjust.max-in-flight=2", "--adjust.reference-parameter=row")) {
            for (int id = 1; id <= 500; id++) {
                night.purchase(id, 1_000 + id, Instant.now().minus(Duration.ofDays(1)), "9.99");
            }
            night.sandbox().faults().share(100, Fault.Delay.of(Duration.ofMillis(100)));
            CompletableFuture<RunResult> cutOff = CompletableFuture.supplyAsync(night::run);
            await().until(() -> night.sandbox().tally().requests() > 0);

            night.jdbc()
                    .sql("SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory'"
                            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                    .query(Long.class)
                    .single();

            RunResult result = cutOff.get(60, TimeUnit.SECONDS);
            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.STOPPED);
            assertThat(result.reason()).contains("the lock's connection to the database was lost");
            assertThat(night.count("adjust_batch.delivery WHERE state = 'PENDING'"))
                    .isPositive();
            night.sandbox().faults().clear();
            assertThat(night.run().exitCode()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.sandbox().tally().requests()).isEqualTo(500);
        }
    }

    /** Gives every statement to another server process in turn, as a transaction pooler may. */
    private static DataSource pooled(DataSource server) {
        return new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                Connection[] sessions = {server.getConnection(), server.getConnection()};
                AtomicInteger turn = new AtomicInteger();
                return (Connection) Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) -> {
                            try {
                                return method.invoke(sessions[turn.getAndIncrement() % 2], arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }
        };
    }
}
