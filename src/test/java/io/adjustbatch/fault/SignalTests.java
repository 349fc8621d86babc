package io.adjustbatch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.adjustbatch.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A run that is asked to end does so in order; asked twice, at once. */
@Tag("faults")
class SignalTests {

    @AutoClose
    private final TestDatabase database = TestDatabase.create();

    @AutoClose
    private final CountingAdjust adjust = new CountingAdjust(20_000);

    private final Warehouse warehouse = new Warehouse(database.dataSource());

    @TempDir
    private Path directory = Path.of("");

    @Test
    @Timeout(120)
    void settlesWhatIsInFlightAndLeavesTheRestToTheNextRun() throws InterruptedException {
        warehouse.add(2_000, 2_000);
        BatchProcess stopped = start("run");
        adjust.after(500, stopped::terminate);

        assertThat(stopped.exitCode()).as(stopped.output()).isEqualTo(6);

        assertThat(count("state IN ('SENDING', 'IN_DOUBT')")).isZero();
        assertThat(count("state = 'PENDING'")).isPositive();
        assertThat(adjust.counts()).hasSize((int) count("state = 'SENT'"));
        BatchProcess next = start("run");
        assertThat(next.exitCode()).as(next.output()).isZero();
        assertThat(count("state = 'SENT'")).isEqualTo(warehouse.rows());
        assertThat(adjust.repeated()).isEmpty();
    }

    @Test
    @Timeout(120)
    void endsAtOnceAtTheSecondSignalAndListsWhatWasInFlight() throws InterruptedException {
        warehouse.add(200, 200);
        adjust.hold();
        BatchProcess stopped = start("run", "--adjust.max-in-flight=8");
        adjust.after(8, stopped::terminate);
        await().atMost(Duration.ofSeconds(60)).until(() -> stopped.output().contains("Stopping:"));

        stopped.terminate();

        assertThat(stopped.endsWithin(Duration.ofSeconds(5))).isTrue();
        assertThat(stopped.exitCode()).isEqualTo(6);
        assertThat(count("state = 'SENDING'")).isBetween(8L, 16L);
        adjust.release();
        BatchProcess next = start("run");
        assertThat(next.exitCode()).as(next.output()).isEqualTo(3);
        assertThat(count("state = 'IN_DOUBT'")).isBetween(8L, 16L);
        assertThat(adjust.repeated()).isEmpty();
    }

    private BatchProcess start(String command, String... settings) {
        return BatchProcess.start(BatchProcess.Address.of(database), adjust, directory, command, settings);
    }

    private long count(String condition) {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT count(*) FROM adjust_batch.delivery WHERE " + condition)
                .query(Long.class)
                .single();
    }
}
