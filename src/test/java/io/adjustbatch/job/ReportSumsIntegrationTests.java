package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.sandbox.Fault;
import io.adjustbatch.testing.LedgerSums;
import io.adjustbatch.testing.MixedRows;
import io.adjustbatch.testing.ReportSums;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * However a run ends, and however many rows it has: what each of its files adds up to is what the ledger says. A run that is
 * killed is tried in a process of its own, with the package {@code fault}.
 */
class ReportSumsIntegrationTests {

    @TempDir
    private Path reports;

    /** How a run may end. */
    enum Ending {
        FINISHED(ExitCode.FINISHED),
        WAITING_FOR_PERSON(ExitCode.WAITING_FOR_PERSON),
        HALTED(ExitCode.HALTED),
        STOPPED(ExitCode.STOPPED),
        FAILED(ExitCode.FAILED);

        private final ExitCode exitCode;

        Ending(ExitCode exitCode) {
            this.exitCode = exitCode;
        }

        private String[] settings(int rows) {
            return switch (this) {
                case FINISHED, WAITING_FOR_PERSON -> new String[0];
                case HALTED -> new String[] {"--adjust.policy.row-fault.max=" + rows / 200};
                case STOPPED -> new String[] {"--adjust.max-in-flight=" + (rows < 100 ? 1 : 64)};
                case FAILED -> new String[] {"--warehouse.session.expect-rows=fail"};
            };
        }

        private void arrange(Night night, int rows) {
            switch (this) {
                case WAITING_FOR_PERSON, HALTED -> {}
                case FINISHED ->
                    night.jdbc()
                            .sql("DELETE FROM warehouse.purchase WHERE gps_adid LIKE '%504'")
                            .update();
                case STOPPED ->
                    night.sandbox().faults().share(100, Fault.Delay.of(Duration.ofMillis(rows < 100 ? 1_000 : 20)));
                case FAILED -> night.jdbc().sql("DELETE FROM warehouse.session").update();
            }
        }

        private RunResult run(Night night, int rows) {
            if (this != STOPPED) {
                return night.run();
            }
            CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(night::run);
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> night.sandbox().tally().requests() > rows / 4);
            night.nightlyRun().stop("as the test wants it");
            return run.join();
        }
    }

    static Stream<Arguments> endings() {
        return IntStream.of(10, 10_000)
                .boxed()
                .flatMap(rows -> Stream.of(Ending.values()).map(ending -> Arguments.of(rows, ending)));
    }

    @ParameterizedTest(name = "{0} rows, {1}")
    @MethodSource("endings")
    void addUpToTheLedger(int rows, Ending ending) throws Exception {
        try (Night night = new Night(reports, ending.settings(rows))) {
            MixedRows.insert(night.jdbc(), rows);
            ending.arrange(night, rows);

            RunResult result = ending.run(night, rows);

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ending.exitCode);
            LedgerSums ledger = LedgerSums.of(night.jdbc(), 1);
            Path folder = result.reportDirectory();
            assertThat(ReportSums.rows(folder)).isEqualTo(ledger.files());
            assertThat(ReportSums.summary(folder)).isEqualTo(ledger.states());
            assertThat(ReportSums.page(folder)).isEqualTo(ledger.lines());
            assertThat(exitCode(folder)).isEqualTo(ending.exitCode.code());
        }
    }

    private static int exitCode(Path folder) throws Exception {
        JsonNode summary = JsonMapper.shared().readTree(Files.readString(folder.resolve("summary.json")));
        return summary.at("/run/exit_code").intValue();
    }
}
