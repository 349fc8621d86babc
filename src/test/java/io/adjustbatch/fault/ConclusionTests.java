package io.adjustbatch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.adjustbatch.testing.HeldTable;
import io.adjustbatch.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A run that is asked to end when all is sent: the process, the ledger and summary.json agree on how it did. */
@Tag("faults")
class ConclusionTests {

    @AutoClose
    private final TestDatabase database = TestDatabase.create();

    @AutoClose
    private final CountingAdjust adjust = new CountingAdjust(1_000);

    private final Warehouse warehouse = new Warehouse(database.dataSource());

    @TempDir
    private Path directory = Path.of("");

    @Test
    @Timeout(120)
    void takesNoNoticeOfASignal() throws InterruptedException, IOException {
        warehouse.add(20, 20);
        BatchProcess run;
        try (HeldTable books = HeldTable.whenTheBooksAreChecked(database.dataSource())) {
            run = start();
            books.awaitSomebody();
            run.terminate();
            awaitOutput(run, "the books are checked and the report is written");
        }

        assertThat(run.exitCode()).as(run.output()).isZero();

        assertThat(end(1)).isEqualTo("COMPLETED 0");
        assertThat(Files.readString(directory.resolve("reports/run-1/summary.json")))
                .contains("\"exit_code\" : 0", "\"reason\" : null");
    }

    @Test
    @Timeout(120)
    void hasNeitherEndNorReportAfterASecondOne() throws InterruptedException {
        warehouse.add(20, 20);
        try (HeldTable books = HeldTable.whenTheBooksAreChecked(database.dataSource())) {
            BatchProcess run = start();
            books.awaitSomebody();
            run.terminate();
            awaitOutput(run, "A second signal ends at once");
            run.terminate();

            assertThat(run.endsWithin(Duration.ofSeconds(10))).isTrue();
            assertThat(run.exitCode()).isEqualTo(6);
        }
        assertThat(end(1)).isEqualTo("RUNNING");
        assertThat(directory.resolve("reports/run-1")).doesNotExist();

        BatchProcess next = start();

        assertThat(next.exitCode()).as(next.output()).isZero();
        assertThat(end(1)).isEqualTo("ABANDONED");
        assertThat(end(2)).isEqualTo("COMPLETED 0");
        assertThat(adjust.repeated()).isEmpty();
    }

    private BatchProcess start() {
        return BatchProcess.start(BatchProcess.Address.of(database), adjust, directory, "run");
    }

    private static void awaitOutput(BatchProcess process, String text) {
        await().atMost(Duration.ofSeconds(60)).until(() -> process.output().contains(text));
    }

    private String end(long runId) {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT concat_ws(' ', state, exit_code) FROM adjust_batch.run WHERE run_id = ?")
                .param(runId)
                .query(String.class)
                .single();
    }
}
