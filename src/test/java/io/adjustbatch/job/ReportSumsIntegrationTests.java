package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.opencsv.CSVReaderHeaderAware;
import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.sandbox.Fault;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** However a run ends: what its files add up to is what the ledger says, and its exit code stands in its summary. */
class ReportSumsIntegrationTests {

    private static final int ROWS = 200;

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

        private void arrange(Night night) {
            switch (this) {
                case FINISHED, FAILED -> {}
                case WAITING_FOR_PERSON ->
                    night.sandbox().faults().next(3, new Fault.Reset(Fault.Moment.AFTER_COUNTING));
                case HALTED ->
                    night.sandbox().faults().share(100, Fault.Reply.of(401, "{\"error\":\"not authorized\"}"));
                case STOPPED -> night.sandbox().faults().share(100, Fault.Delay.of(Duration.ofMillis(20)));
            }
        }

        private RunOptions options() {
            RunOptions everything = RunOptions.everything();
            return this == STOPPED
                    ? new RunOptions(everything.kinds(), null, Instant.now().minusSeconds(1))
                    : everything;
        }
    }

    @ParameterizedTest
    @EnumSource
    void addUpToTheLedger(Ending ending) throws Exception {
        String expectRows = "--warehouse.session.expect-rows=" + (ending == Ending.FAILED ? "fail" : "off");
        try (Night night = new Night(reports, expectRows)) {
            for (int id = 1; id <= ROWS; id++) {
                night.purchase(id, 2_000 + id, Instant.now().minusSeconds(86_400), (id % 7 - 1) + ".0" + id % 10);
            }
            ending.arrange(night);

            RunResult result = night.run(ending.options());

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ending.exitCode);
            assertThat(files(result.reportDirectory())).isEqualTo(ledger(night));
            JsonNode run = JsonMapper.shared()
                    .readTree(Files.readString(result.reportDirectory().resolve("summary.json")))
                    .get("run");
            assertThat(run.get("exit_code").intValue()).isEqualTo(ending.exitCode.code());
        }
    }

    private static Map<String, BigDecimal> ledger(Night night) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        night.jdbc()
                .sql(
                        "SELECT state, count(*) AS row_count, sum(revenue) AS revenue FROM adjust_batch.delivery GROUP BY state")
                .query(row -> {
                    sums.put(row.getString("state"), row.getBigDecimal("revenue"));
                    sums.put(row.getString("state") + " rows", row.getBigDecimal("row_count"));
                });
        return sums;
    }

    private static Map<String, BigDecimal> files(Path folder) throws Exception {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (String name : List.of("sent.csv", "rejected.csv", "in-doubt.csv", "unsettled.csv")) {
            try (CSVReaderHeaderAware rows = new CSVReaderHeaderAware(Files.newBufferedReader(folder.resolve(name)))) {
                for (Map<String, String> row = rows.readMap(); row != null; row = rows.readMap()) {
                    sums.merge(row.get("state"), new BigDecimal(row.get("revenue")), BigDecimal::add);
                    sums.merge(row.get("state") + " rows", BigDecimal.ONE, BigDecimal::add);
                }
            }
        }
        return sums;
    }
}
