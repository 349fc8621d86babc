package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.files.RunReport;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.warehouse.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** On which terms a run worked is a part of its report for ever. */
class RunTermsIntegrationTests {

    private static final JsonNode ROW_FAULTS = JsonMapper.shared()
            .readTree(
                    "{\"error_class\":\"ROW_FAULT\",\"kind\":\"purchase\",\"max\":7,\"max_percent\":10,\"min_sample\":1000}");
    private static final JsonNode DOUBTS = JsonMapper.shared()
            .readTree(
                    "{\"error_class\":\"AMBIGUOUS\",\"kind\":\"purchase\",\"max\":null,\"max_percent\":2.5,\"min_sample\":50}");

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    private Path reports;

    @Test
    void aReportThatIsMadeAgainUnderOtherSettingsSaysWhatHeldThen() throws IOException {
        try (Night night = new Night(
                reports,
                "--adjust.policy.row-fault.max=7",
                "--adjust.policy.ambiguous.purchase.max-percent=2.5",
                "--adjust.policy.ambiguous.purchase.min-sample=50")) {
            night.purchase(1, 1, now.minus(Duration.ofDays(1)), "9.99");
            night.run(new RunOptions(Set.of(Kind.PURCHASE), 5L, now.plus(Duration.ofHours(2))));
            String written = Files.readString(reports.resolve("run-1/summary.json"));

            night.reopen("--adjust.policy.row-fault.max=8", "--adjust.policy.ambiguous.max-percent=3");
            Path again = new RunReport(night.bean(DataSource.class), reports.resolve("again"))
                    .write(1)
                    .folder();

            assertThat(Files.readString(again.resolve("summary.json"))).isEqualTo(written);
            JsonNode run = JsonMapper.shared().readTree(written).get("run");
            assertThat(run.at("/options/kinds").toString()).isEqualTo("[\"purchase\"]");
            assertThat(run.at("/options/limit").asLong()).isEqualTo(5);
            assertThat(run.at("/options/until").asString())
                    .isEqualTo(now.plus(Duration.ofHours(2)).toString());
            assertThat(run.get("limits")).contains(ROW_FAULTS, DOUBTS);
        }
    }
}
