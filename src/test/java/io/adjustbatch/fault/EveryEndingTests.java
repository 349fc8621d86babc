package io.adjustbatch.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.adjustbatch.sandbox.Fault;
import io.adjustbatch.sandbox.Sandbox;
import io.adjustbatch.sandbox.SandboxSettings;
import io.adjustbatch.testing.LedgerSums;
import io.adjustbatch.testing.MixedRows;
import io.adjustbatch.testing.ReportSums;
import io.adjustbatch.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The files of a run add up to the ledger, whichever way the run ended, and however many rows it had. */
class EveryEndingTests {

    private static final Duration LONGEST = Duration.ofMinutes(20);

    @AutoClose
    private final TestDatabase database = TestDatabase.create();

    @AutoClose
    private final Sandbox adjust = Sandbox.start(SandboxSettings.defaults());

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @TempDir
    private Path directory = Path.of("");

    @Test
    @Tag("faults")
    @Timeout(600)
    void addsUpAtTenThousandRows() throws InterruptedException {
        addUp(10_000);
    }

    /** With a heap of 256 MB. */
    @Test
    @Tag("volume")
    @Timeout(3_600)
    void addsUpAtAMillionRows() throws InterruptedException {
        addUp(1_000_000);
    }

    /** One run after the other on the same rows, each with an end of its own. */
    private void addUp(int rows) throws InterruptedException {
        MixedRows.insert(jdbc, rows);

        endsWith(137, inTheMiddle(rows, BatchProcess::kill), "run");
        endsWith(0, process -> {}, "report", "--run", "1");
        filesAddUp(1);

        adjust.faults().share(100, Fault.Reply.of(401, "{\"error\":\"not authorized\"}"));
        endsWith(4, process -> {}, "run");
        filesAddUp(2);
        adjust.faults().clear();

        endsWith(6, inTheMiddle(rows, BatchProcess::terminate), "run");
        filesAddUp(3);

        aNightPasses();
        endsWith(1, process -> {}, "run", "--warehouse.session.expect-rows=fail");
        filesAddUp(4);

        endsWith(0, process -> {}, "in-doubt", "resolve", "--all", "--as", "sent", "--because", "all were found");
        // to its end: also the rows that those in doubt have held, whose devices the sandbox answers in the same way
        adjust.faults().share(100, Fault.Reply.of(200, "{\"status\":\"OK\"}"));
        endsWith(0, process -> {}, "run");
        filesAddUp(5);
    }

    private void endsWith(int code, Consumer<BatchProcess> whileItRuns, String... arguments)
            throws InterruptedException {
        List<String> java = new ArrayList<>(List.of("-Xmx256m"));
        java.addAll(ClassArchive.options());
        BatchProcess process = BatchProcess.start(
                java,
                BatchProcess.Address.of(database),
                adjust.baseUrl().toString(),
                directory,
                Stream.concat(Stream.of(arguments), Stream.of("--warehouse.ad-revenue.expect-rows=off"))
                        .toList());

        whileItRuns.accept(process);

        assertThat(process.endsWithin(LONGEST)).isTrue();
        assertThat(process.exitCode()).as(process.output()).isEqualTo(code);
    }

    /** When it has sent a tenth of the rows. */
    private Consumer<BatchProcess> inTheMiddle(int rows, Consumer<BatchProcess> action) {
        return process -> {
            long before = adjust.tally().requests();
            await().atMost(LONGEST)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> adjust.tally().requests() > before + rows / 10);
            action.accept(process);
        };
    }

    private void filesAddUp(long run) {
        LedgerSums ledger = LedgerSums.of(jdbc, run);
        Path folder = directory.resolve("reports").resolve("run-" + run);

        assertThat(ReportSums.rows(folder)).as("run %d", run).isEqualTo(ledger.files());
        assertThat(ReportSums.summary(folder)).as("run %d", run).isEqualTo(ledger.states());
        assertThat(ReportSums.page(folder)).as("run %d", run).isEqualTo(ledger.lines());
    }

    private void aNightPasses() {
        jdbc.sql("UPDATE adjust_batch.staged_total SET at = at - INTERVAL '1 day'")
                .update();
    }
}
