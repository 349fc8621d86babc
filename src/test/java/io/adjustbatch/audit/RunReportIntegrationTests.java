package io.adjustbatch.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.opencsv.CSVReaderHeaderAware;
import io.adjustbatch.audit.files.RunReport;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.testing.HeldTable;
import io.adjustbatch.warehouse.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunReportIntegrationTests {

    private final LedgerFixture ledger = new LedgerFixture();
    private final Path directory;
    private final RunReport report;

    RunReportIntegrationTests(@TempDir Path directory) {
        this.directory = directory;
        report = new RunReport(ledger.dataSource(), directory);
    }

    @Test
    void listsEachRowInTheFileOfItsState() throws Exception {
        ledger.everyState(1);

        Path folder = report.write(1).folder();

        assertThat(folder).isEqualTo(directory.resolve("run-1"));
        assertThat(ids(folder, "sent.csv")).containsExactly("1");
        assertThat(ids(folder, "rejected.csv")).containsExactly("2", "3", "4", "5", "6");
        assertThat(ids(folder, "in-doubt.csv")).containsExactly("7", "11");
        assertThat(ids(folder, "unsettled.csv")).containsExactly("8", "9", "10");
    }

    @Test
    void tellsEverythingOfARowButItsDevice() throws Exception {
        ledger.run(1)
                .stage(1, "9.990", "EUR")
                .attempt(1, RowState.PENDING, "SERVER_ERROR", 500, "Internal error, contact support@adjust.com")
                .attempt(1, RowState.REJECTED, "ROW_FAULT", 400, "Bad event state")
                .end();

        assertThat(rows(report.write(1).folder(), "rejected.csv").get(0))
                .containsEntry("kind", "purchase")
                .containsEntry("row_id", "1")
                .containsEntry("app_token", "app1")
                .containsEntry("event_token", "evt1")
                .containsEntry("environment", "production")
                .containsEntry("occurred_at", "2026-02-28T12:00:00Z")
                .containsEntry("currency", "EUR")
                .containsEntry("revenue", "9.990")
                .containsEntry("transaction_id", "T1")
                .containsEntry("state", "REJECTED")
                .containsEntry("error_class", "ROW_FAULT")
                .containsEntry("http_status", "400")
                .containsEntry("message", "Bad event state")
                .containsEntry("reason", "")
                .containsEntry("decided_by", "adjust")
                .containsEntry("who", "")
                .containsEntry("attempts", "2")
                .containsEntry("first_attempt_at", "2026-03-01T03:00:03Z")
                .containsEntry("last_attempt_at", "2026-03-01T03:00:05Z")
                .containsEntry("decided_at", "2026-03-01T03:00:05Z")
                .containsEntry("next_attempt_at", "")
                .containsEntry("held_by", "")
                .containsEntry("run_id", "1")
                .hasSize(ReportRow.COLUMNS.size());
    }

    @Test
    void keepsTimesOfAttemptsApartFromTheTimeOfAPersonsDecision() throws Exception {
        ledger.run(1)
                .stage(1, "1", "EUR")
                .attempt(1, RowState.IN_DOUBT, "AMBIGUOUS", null, null)
                .end()
                .person(1, RowState.SENT, "seen in Adjust's export")
                .run(2)
                .end();

        assertThat(rows(report.write(2).folder(), "sent.csv").get(0))
                .containsEntry("last_attempt_at", "2026-03-01T03:00:03Z")
                .containsEntry("decided_at", "2026-03-01T03:00:05Z")
                .containsEntry("decided_by", "person")
                .containsEntry("who", "ada")
                .containsEntry("reason", "seen in Adjust's export")
                .containsEntry("run_id", "");
    }

    @Test
    void ordersRowsByKindAndId() throws Exception {
        ledger.run(1)
                .stage(20, "1", "EUR")
                .stage(3, "1", "EUR")
                .stage(new LedgerFixture.Staged(Kind.AD_REVENUE, 1, "app1", null, "1", "EUR", null))
                .stage(new LedgerFixture.Staged(Kind.SESSION, 99, "app1", null, null, null, null))
                .end();

        assertThat(rows(report.write(1).folder(), "unsettled.csv"))
                .extracting(row -> row.get("kind") + row.get("row_id"))
                .containsExactly("session99", "purchase3", "purchase20", "ad_revenue1");
    }

    @Test
    void listsEachSettledRowInOneReportOnly() throws Exception {
        ledger.run(1)
                .stage(1, "1", "EUR")
                .stage(2, "1", "EUR")
                .sent(1)
                .end()
                .run(2)
                .sent(2)
                .end();

        assertThat(ids(report.write(1).folder(), "sent.csv")).containsExactly("1");
        assertThat(ids(report.write(2).folder(), "sent.csv")).containsExactly("2");
    }

    @Test
    void givesTheSameBytesWhateverHappensLater() throws Exception {
        ledger.everyState(1);
        Map<String, String> before = contents(report.write(1).folder());

        ledger.person(7, RowState.SENT, "seen")
                .person(2, RowState.PENDING, "fixed")
                .run(2)
                .stage(50, "1", "EUR")
                .decide(10, RowState.PENDING, null, "row 7 is settled");
        for (long row : new long[] {2, 8, 9, 10}) {
            ledger.sent(row);
        }
        ledger.end();

        assertThat(contents(report.write(1).folder())).isEqualTo(before);
        assertThat(contents(new RunReport(ledger.dataSource(), directory.resolve("elsewhere"))
                        .write(1)
                        .folder()))
                .isEqualTo(before);
    }

    /** Else it could take the place of the report that the run itself has written of its end. */
    @Test
    @Timeout(120)
    void isWrittenAgainIfTheRunEndsMeanwhile() throws Exception {
        ledger.run(1).stage(1, "1", "EUR");
        CompletableFuture<RunReport.Written> written;
        try (HeldTable held = HeldTable.whenTheReportIsWritten(ledger.dataSource())) {
            written = CompletableFuture.supplyAsync(() -> report.write(1));
            held.awaitSomebody();
            ledger.sent(1).end();
        }

        assertThat(written.get(60, TimeUnit.SECONDS).summary().run().endedAt()).isNotNull();
        assertThat(ids(written.get().folder(), "sent.csv")).containsExactly("1");
    }

    @Test
    void defusesFormulasInTextAndKeepsNegativeMoneyANumber() throws Exception {
        ledger.run(1)
                .stage(new LedgerFixture.Staged(Kind.PURCHASE, 1, "=cmd()", "@x", "-4.99", "+EUR", null))
                .decide(1, RowState.INVALID, "INVALID_ROW", "-4.99: refunds, \"cannot\"\nbe reported")
                .end();

        assertThat(rows(report.write(1).folder(), "rejected.csv").get(0))
                .containsEntry("app_token", "'=cmd()")
                .containsEntry("event_token", "'@x")
                .containsEntry("currency", "'+EUR")
                .containsEntry("revenue", "-4.99")
                .containsEntry("reason", "'-4.99: refunds, \"cannot\"\nbe reported");
    }

    @Test
    void writesMoneyWithoutExponentOrRounding() throws Exception {
        ledger.run(1)
                .stage(1, "0.00000000012", "EUR")
                .stage(2, "1E+11", "EUR")
                .stage(3, "12345678901234567890.123456789", "EUR")
                .end();

        assertThat(rows(report.write(1).folder(), "unsettled.csv"))
                .extracting(row -> row.get("revenue"))
                .containsExactly("0.00000000012", "100000000000", "12345678901234567890.123456789");
    }

    @Test
    void summaryAgreesWithFilesAndKeepsItsSchema() throws Exception {
        ledger.everyState(1);

        Path folder = report.write(1).folder();
        String json = Files.readString(folder.resolve("summary.json"));
        JsonNode summary = JsonMapper.shared().readTree(json);

        assertThat(WireMock.matchingJsonSchema(schema()).match(json).isExactMatch())
                .isTrue();
        for (JsonNode file : summary.get("files")) {
            byte[] bytes = Files.readAllBytes(folder.resolve(file.get("name").asString()));
            assertThat(file.get("sha256").asString()).isEqualTo(sha256(bytes));
            assertThat(file.get("bytes").asLong()).isEqualTo(bytes.length);
            if (file.get("name").asString().endsWith(".html")) {
                continue;
            }
            assertThat(file.get("rows").asLong())
                    .isEqualTo(ids(folder, file.get("name").asString()).size());
        }
        assertThat(summary.at("/states/SENT/rows").asLong()).isEqualTo(1);
        assertThat(summary.at("/states/SENT/money/EUR").asString()).isEqualTo("1.10");
        assertThat(summary.at("/run/settings_digest").asString()).isEqualTo("c0ffee");
    }

    @Test
    void summaryHasTheOptionsLimitsAndHaltsOfItsRun() throws Exception {
        ledger.run(1).terms().halt("the run", "silence", "wait", 3).end();

        String json = Files.readString(report.write(1).folder().resolve("summary.json"));
        JsonNode summary = JsonMapper.shared().readTree(json);
        JsonNode run = summary.get("run");

        assertThat(WireMock.matchingJsonSchema(schema()).match(json).isExactMatch())
                .isTrue();
        assertThat(summary.get("halts")).isEqualTo(JsonMapper.shared().readTree("""
                [{"scope": "the run", "cause": "silence", "remedy": "wait", "waiting_rows": 3}]"""));
        assertThat(run.get("options")).isEqualTo(JsonMapper.shared().readTree("""
                {"kinds": ["session", "purchase"], "limit": 500, "until": "2026-03-01T04:00:00Z"}"""));
        assertThat(run.get("limits")).isEqualTo(JsonMapper.shared().readTree("""
                [{"error_class": "ROW_FAULT", "kind": "purchase", "max": null, "max_percent": 2.5, "min_sample": 200},
                 {"error_class": "AMBIGUOUS", "kind": "purchase", "max": 40, "max_percent": null, "min_sample": null}]"""));
    }

    @Test
    void summaryOfARunFromBeforeTheyWereKeptHasNoOptionsLimitsOrHalts() throws Exception {
        ledger.run(1).end();

        String json = Files.readString(report.write(1).folder().resolve("summary.json"));

        assertThat(WireMock.matchingJsonSchema(schema()).match(json).isExactMatch())
                .isTrue();
        JsonNode summary = JsonMapper.shared().readTree(json);
        assertThat(summary.propertyNames()).contains("faults").doesNotContain("halts");
        assertThat(summary.get("run").propertyNames())
                .contains("settings_digest")
                .doesNotContain("options", "limits");
    }

    @Test
    void schemaRefusesMoneyThatIsANumber() throws Exception {
        ledger.everyState(1);
        String json = Files.readString(report.write(1).folder().resolve("summary.json"));

        String broken = json.replaceFirst("\"EUR\" : \"([0-9.]+)\"", "\"EUR\" : $1");

        assertThat(broken).isNotEqualTo(json);
        assertThat(WireMock.matchingJsonSchema(schema()).match(broken).isExactMatch())
                .isFalse();
    }

    @Test
    void replacesFormerReportAndLeavesNothingElse() throws Exception {
        ledger.run(1).stage(1, "1", "EUR").end();
        Files.createDirectories(directory.resolve("run-1"));
        Files.writeString(directory.resolve("run-1/stale.csv"), "stale");
        long dead = deadProcess();
        Files.createDirectories(directory.resolve(".run-1.unfinished-" + dead));

        report.write(1);

        assertThat(names(directory)).containsExactly("run-1");
        assertThat(names(directory.resolve("run-1")))
                .contains("sent.csv", "rejected.csv", "in-doubt.csv", "unsettled.csv", "summary.json")
                .doesNotContain("stale.csv");
    }

    @Test
    void leavesFormerReportWhenItFails() throws Exception {
        ledger.run(1).stage(1, "1", "EUR").end();
        Path folder = report.write(1).folder();
        Map<String, String> before = contents(folder);
        ledger.jdbc()
                .sql("ALTER TABLE adjust_batch.left_out_total RENAME TO gone")
                .update();

        try {
            assertThatThrownBy(() -> report.write(1).folder()).hasMessageContaining("left_out_total");
        } finally {
            ledger.jdbc()
                    .sql("ALTER TABLE adjust_batch.gone RENAME TO left_out_total")
                    .update();
        }

        assertThat(contents(folder)).isEqualTo(before);
        assertThat(names(directory)).containsExactly("run-1");
    }

    @Test
    void saysWhereItCannotWrite() throws Exception {
        ledger.run(1).end();
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new RunReport(ledger.dataSource(), file).write(1))
                .withMessageContaining("run 1")
                .withMessageContaining(file.toString());
    }

    @Test
    void refusesRunThatIsNotThere() {
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> report.write(404))
                .withMessage("there is no run 404");
        assertThat(directory).isEmptyDirectory();
    }

    private static List<String> ids(Path folder, String file) throws Exception {
        return rows(folder, file).stream().map(row -> row.get("row_id")).toList();
    }

    private static List<Map<String, String>> rows(Path folder, String file) throws Exception {
        try (CSVReaderHeaderAware csv = new CSVReaderHeaderAware(Files.newBufferedReader(folder.resolve(file)))) {
            List<Map<String, String>> rows = new ArrayList<>();
            for (Map<String, String> row = csv.readMap(); row != null; row = csv.readMap()) {
                rows.add(row);
            }
            return rows;
        }
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String name : names(folder)) {
            contents.put(name, Files.readString(folder.resolve(name)));
        }
        return contents;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String schema() throws IOException {
        try (var schema = SummaryJson.class.getResourceAsStream(SummaryJson.SCHEMA)) {
            return new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static long deadProcess() throws Exception {
        Process process =
                new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-version").start();
        process.waitFor();
        return process.pid();
    }
}
