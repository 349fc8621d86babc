package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.sandbox.Fault;
import io.adjustbatch.sandbox.Sandbox;
import io.adjustbatch.sandbox.SandboxSettings;
import io.adjustbatch.testing.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands as an operator starts them, on a database of their own. */
class CommandsIntegrationTests {

    private static final String PASSWORD = "n0t-to-be-shown";

    @TempDir
    Path directory = Path.of("");

    @AutoClose
    private final TestDatabase database = TestDatabase.createEmpty();

    private final Prompt prompt = new Prompt(database);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status 1 --json",
                "explain purchase 1",
                "reconcile",
                "reconcile --accept purchase:1 --because x",
                "report",
                "report --from 2026-01-01 --to 2026-01-31",
                "validate",
                "run --dry-run",
                "replay --class ROW_FAULT --because x --yes",
                "in-doubt list",
                "in-doubt resolve --all --as sent --because x",
                "suppress list",
                "suppress add --row purchase:1 --because x",
                "suppress remove --row purchase:1 --because x"
            })
    void saysInOneWayThatThereIsNoLedger(String command) {
        assertThat(prompt.run(command.split(" "))).isEqualTo(2);
        assertThat(prompt.out()).isEmpty();
        assertThat(prompt.err().lines())
                .hasSize(3)
                .first()
                .asString()
                .matches("There is no ledger in .* yet: nothing has run there. Nothing was done\\.");
        assertThat(prompt.err())
                .contains("What next: java -jar target/adjust-batch.jar run%n".formatted())
                .endsWith("java -jar target/adjust-batch.jar migrate%n".formatted());
    }

    @Test
    void statusSaysThatNothingHasRunWhereTheLedgerIsEmpty() {
        prompt.run("migrate");

        assertThat(prompt.run("status")).isZero();
        assertThat(prompt.out()).startsWith("Nothing has run in ").contains("What next:");
    }

    @Test
    void statusSaysWhoIsAtWork() throws SQLException {
        prompt.run("migrate");
        JdbcClient.create(database.dataSource()).sql("""
                        INSERT INTO adjust_batch.run (state, started_at, host, process_id, settings_digest)
                        VALUES ('RUNNING', now(), 'night.example', 4711, 'c0ffee')""").update();
        try (Connection run = database.dataSource().getConnection();
                Statement statement = run.createStatement()) {
            // the lock of a run, as RunLock takes it
            statement.execute("SET application_name = 'night job'");
            statement.execute("SELECT pg_advisory_lock(" + 0x61646a6261746368L + ")");

            assertThat(prompt.run("status")).isZero();
            assertThat(prompt.out()).startsWith("At work: night job since 20").contains("Run 1 is not finished");

            for (String status : List.of("status --json", "status 1 --json")) {
                assertThat(prompt.run(status.split(" "))).as(prompt.err()).isZero();
                assertThat(JsonMapper.shared()
                                .readTree(prompt.out())
                                .get("at_work")
                                .asString())
                        .as(status)
                        .startsWith("night job since 20");
            }
            statement.execute("SELECT pg_advisory_unlock_all()");
        }

        assertThat(prompt.run("status")).isZero();
        assertThat(prompt.out()).startsWith("Nobody is at work.");
    }

    @Test
    void statusOfARunThatIsNotThereIsWrongUsage() {
        prompt.run("migrate");
        assertThat(prompt.run("status", "99")).isEqualTo(2);
        assertThat(prompt.err()).startsWith("There is no run 99 in ");
    }

    @Test
    void statusGivesJsonForScriptsFromTheFirstDay() {
        prompt.run("migrate");
        assertThat(prompt.run("status", "--json")).isZero();
        assertThat(prompt.out().replaceAll("\\s", ""))
                .isEqualTo("{\"at_work\":null,\"runs\":[],\"summary\":null,\"next\":[]}");
    }

    @Test
    void migrateMakesTheSchemasAndMayBeRepeated() {
        assertThat(prompt.run("migrate")).isZero();
        assertThat(prompt.run("migrate")).isZero();
        assertThat(prompt.out()).contains("are up to date");
    }

    @Test
    void loadsSendsAndShowsANight() throws IOException {
        Path rows = Files.writeString(
                directory.resolve("rows.csv"), """
                id,app_token,environment,occurred_at,event_token,revenue,currency,gps_adid
                1,kq3x8v2m5nlc,production,%1$s,p4yone,9.99,EUR,5a0e4a3c-91d1-4f6e-8b0d-0123456789ab
                2,kq3x8v2m5nlc,production,%1$s,p4yone,-1,EUR,5a0e4a3c-91d1-4f6e-8b0d-0123456789ac
                """.formatted(Instant.now().minusSeconds(60)));

        assertThat(prompt.run("load", rows.toString(), "--kind", "purchase")).isZero();
        assertThat(prompt.out()).contains("Loaded 2 rows of kind purchase");

        int code;
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            code = night(sandbox);
            assertThat(sandbox.tally().acceptedRequests()).isEqualTo(1);
        }
        assertThat(code).as(prompt.err()).isZero();
        assertThat(prompt.out())
                .startsWith("Run 1 finished after ")
                .contains(
                        "invalid: INVALID_ROW",
                        "Reports: " + directory.resolve("reports").resolve("run-1"));

        assertThat(prompt.run("status")).isZero();
        assertThat(prompt.out()).contains("completed", "Run 1 finished after ", "replay --class INVALID_ROW");
    }

    @Test
    void tellsWhatARunWouldDo() throws IOException {
        assertThat(prompt.run("validate")).isEqualTo(2);
        assertThat(prompt.err()).startsWith("There is no ledger in ").contains(" migrate");

        Path rows = Files.writeString(
                directory.resolve("rows.csv"), """
                id,app_token,environment,occurred_at,event_token,revenue,currency,gps_adid
                1,kq3x8v2m5nlc,production,%1$s,p4yone,9.99,EUR,5a0e4a3c-91d1-4f6e-8b0d-0123456789ab
                2,kq3x8v2m5nlc,production,%1$s,p4yone,-1,EUR,5a0e4a3c-91d1-4f6e-8b0d-0123456789ac
                """.formatted(Instant.now().minusSeconds(60)));
        prompt.run("load", rows.toString(), "--kind", "purchase");
        prompt.run("migrate");
        assertThat(prompt.run("validate")).isZero();
        assertThat(prompt.out())
                .containsPattern("purchase +send +1 +9\\.99 EUR")
                .containsPattern("purchase +refuse +INVALID_ROW +1 +-1 EUR")
                .containsPattern("purchase:2 +INVALID_ROW +revenue must not be negative")
                .doesNotContain("5a0e4a3c");
        String text = prompt.out();
        assertThat(prompt.run("run", "--dry-run")).isZero();
        assertThat(prompt.out()).isEqualTo(text);
        assertThat(prompt.run("validate", "--kind", "session", "--json")).isZero();
        assertThat(prompt.out()).contains("\"fates\" : [ ]");
    }

    @Test
    void explainsAndDecidesARowInDoubt() throws IOException {
        Path rows = Files.writeString(directory.resolve("rows.csv"), """
                id,app_token,environment,occurred_at,event_token,revenue,currency,gps_adid
                1,kq3x8v2m5nlc,production,%1$s,p4yone,9.99,EUR,5a0e4a3c-91d1-4f6e-8b0d-0123456789ab
                2,kq3x8v2m5nlc,production,%2$s,p4yone,1.50,EUR,5a0e4a3c-91d1-4f6e-8b0d-0123456789ab
                """.formatted(
                        Instant.now().minusSeconds(60), Instant.now().minusSeconds(50)));
        prompt.run("load", rows.toString(), "--kind", "purchase");
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            sandbox.faults().next(1, new Fault.Reset(Fault.Moment.BEFORE_COUNTING));
            assertThat(night(sandbox)).isEqualTo(3);
            assertThat(prompt.out()).contains("1 row is in doubt: ", "in-doubt list");

            assertThat(prompt.run("explain", "purchase", "2")).isZero();
            assertThat(prompt.out())
                    .startsWith("purchase:2 is held: it waits for row 1%n".formatted())
                    .contains("1.50 EUR", "explain purchase 1");

            assertThat(prompt.run("in-doubt", "list")).isZero();
            assertThat(prompt.out()).contains("purchase:1", "9.99 EUR", "1 row in doubt.");

            assertThat(prompt.run("in-doubt", "list", "--json")).isZero();
            assertThat(prompt.out()).contains("\"count\" : 1", "\"revenue\" : \"9.99\"");

            assertThat(prompt.run(
                            "in-doubt",
                            "resolve",
                            "--row",
                            "purchase:1",
                            "--as",
                            "not-sent",
                            "--because",
                            "no trace of it",
                            "--json"))
                    .isZero();
            JsonNode resolved = JsonMapper.shared().readTree(prompt.out());
            assertThat(resolved.get("resolved").asInt()).isEqualTo(1);
            assertThat(resolved.get("as").asString()).isEqualTo("not-sent");
            assertThat(resolved.get("next").asString()).endsWith(".jar run");

            assertThat(night(sandbox)).as(prompt.err()).isZero();
            assertThat(sandbox.tally().acceptedRequests()).isEqualTo(2);
        }

        assertThat(prompt.run("explain", "purchase", "1")).isZero();
        assertThat(prompt.out())
                .startsWith("purchase:1 is sent: Adjust took it")
                .contains("in doubt", "no trace of it", System.getProperty("user.name"))
                .doesNotContain("5a0e4a3c");
    }

    private int night(Sandbox sandbox) {
        return prompt.night(sandbox, directory);
    }

    @Test
    void decidesNothingThatWasNotSaidClearly() {
        prompt.run("migrate");
        assertThat(prompt.run("in-doubt", "resolve", "--as", "sent", "--because", "so"))
                .isEqualTo(2);
        assertThat(prompt.err()).startsWith("Say which rows: --row KIND:ID, --app TOKEN, --run RUN, or --all.");

        assertThat(prompt.run("in-doubt", "resolve", "--all", "--as", "sent", "--because", " "))
                .isEqualTo(2);
        assertThat(prompt.err()).startsWith("--because is empty: say how you know.");

        assertThat(prompt.run("in-doubt", "resolve", "--row", "purchase", "--as", "sent", "--because", "so"))
                .isEqualTo(2);
        assertThat(prompt.err())
                .contains("--row")
                .contains("names no row: write its kind and id, such as purchase:4711");

        assertThat(prompt.run("in-doubt", "resolve", "--row", "purchase:9", "--as", "sent", "--because", "so"))
                .isEqualTo(2);
        assertThat(prompt.err()).startsWith("No row in doubt is meant by that. Nothing was done.");

        assertThat(prompt.run("explain", "purchase", "9")).isEqualTo(2);
        assertThat(prompt.err()).contains("does not know purchase:9");
    }

    @Test
    void loadsNothingOfABrokenFile() throws IOException {
        Path rows = Files.writeString(directory.resolve("rows.csv"), "id,colour\n1,red\n");

        assertThat(prompt.run("load", rows.toString(), "--kind", "purchase")).isEqualTo(2);
        assertThat(prompt.err()).contains("rows.csv, line 1", "colour").endsWith("Nothing was loaded.%n".formatted());
    }

    @Test
    void runsOnlyWithAToken() {
        assertThat(prompt.run("run")).isEqualTo(2);
        assertThat(prompt.err())
                .startsWith("No S2S token is set. Nothing was done.")
                .contains("ADJUST_TOKEN");
    }

    @Test
    void runsOnlyWhereReportsCanBeWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThat(prompt.run("run", "--adjust.token=any", "--report.directory=" + file))
                .isEqualTo(2);
        assertThat(prompt.err())
                .startsWith("Reports cannot be written to " + file + " (report.directory): ")
                .contains("Nothing was done.", "REPORT_DIRECTORY");

        assertThat(prompt.run("status")).isEqualTo(2);
        assertThat(prompt.err()).startsWith("There is no ledger in ");
    }

    @Test
    void reportsOnlyWhereItCanWriteAndNamesTheOption() throws IOException {
        prompt.run("migrate");
        JdbcClient.create(database.dataSource()).sql("""
                        INSERT INTO adjust_batch.run (state, started_at, ended_at, host, process_id, settings_digest)
                        VALUES ('COMPLETED', now(), now(), 'night.example', 4711, 'c0ffee')""").update();
        Path file = Files.writeString(directory.resolve("file"), "");
        String today = LocalDate.now(ZoneOffset.UTC).toString();

        for (String what : List.of("--run 1", "--from " + today + " --to " + today)) {
            assertThat(prompt.run(("report " + what + " --out " + file).split(" ")))
                    .isEqualTo(2);
            assertThat(prompt.err())
                    .startsWith("Reports cannot be written to " + file + " (--out): ")
                    .contains("Nothing was done.", "What to do: ");
        }

        assertThat(prompt.run("report", "--json", "--out", directory.toString()))
                .as(prompt.err())
                .isZero();
        JsonNode written = JsonMapper.shared().readTree(prompt.out());
        assertThat(written.get("run_id").asLong()).isEqualTo(1);
        assertThat(written.get("final").asBoolean()).isTrue();
        assertThat(Path.of(written.get("folder").asString()).resolve("sent.csv"))
                .exists();

        prompt.run("report", "--from", today, "--to", today, "--json", "--out", directory.toString());
        JsonNode period = JsonMapper.shared().readTree(prompt.out());
        assertThat(period.get("to").asString()).isEqualTo(today);
        assertThat(period.get("final").asBoolean()).isFalse();
    }

    @ParameterizedTest(name = "a run of that day is {0}: final is {1}")
    @CsvSource({"RUNNING, false", "ABANDONED, true"})
    void callsThePeriodOfARunThatGoesOnNotFinal(String state, boolean isFinal) {
        prompt.run("migrate");
        JdbcClient.create(database.dataSource()).sql("""
                        INSERT INTO adjust_batch.run (state, started_at, ended_at, host, process_id, settings_digest)
                        VALUES (:state, '2026-01-31 23:59Z', CASE WHEN :state <> 'RUNNING' THEN now() END, 'night.example', 4711,
                            'c0ffee')""").param("state", state).update();
        String[] report = ("report --from 2026-01-30 --to 2026-01-31 --out " + directory).split(" ");

        assertThat(prompt.run(report)).as(prompt.err()).isZero();
        assertThat(prompt.out().contains("a run that began by then has not ended"))
                .isNotEqualTo(isFinal);

        prompt.run(Stream.concat(Stream.of(report), Stream.of("--json")).toArray(String[]::new));
        assertThat(JsonMapper.shared().readTree(prompt.out()).get("final").asBoolean())
                .isEqualTo(isFinal);
    }

    @Test
    void endsAsTheLedgerSaysThoughNobodyCanReadIt() throws IOException {
        Writer disk = Writer.nullWriter();
        disk.close();
        PrintWriter full = new PrintWriter(disk);
        String reports = "--report.directory=" + directory.resolve("reports");

        assertThat(prompt.run(full, "run", "--adjust.token=any", reports)).isZero();
        assertThat(prompt.err()).contains("Standard output cannot be written");
        assertThat(prompt.run("status")).isZero();
        assertThat(prompt.out()).contains("completed");

        assertThat(prompt.run(full, "run", "--dry-run")).isEqualTo(1);
    }

    @Test
    void endsAsTheLedgerSaysIfTheReportCannotBeWrittenAndWritesItLater() throws IOException {
        String reports = "--report.directory=" + directory.resolve("reports");
        JdbcClient jdbc = JdbcClient.create(database.dataSource());
        prompt.run("migrate");
        jdbc.sql("ALTER TABLE adjust_batch.left_out_total RENAME TO gone").update();

        assertThat(prompt.run("run", "--adjust.token=any", reports)).isEqualTo(1);
        assertThat(prompt.err())
                .startsWith("Run 1 ended with code 1: ")
                .contains("the report could not be written: ", "report --run 1", "status 1");

        jdbc.sql("ALTER TABLE adjust_batch.gone RENAME TO left_out_total").update();
        assertThat(prompt.run("report", "--run", "1", reports)).isZero();
        assertThat(Files.readString(directory.resolve("reports/run-1/summary.json")))
                .contains("\"state\" : \"FAILED\"", "\"exit_code\" : 1", "the report could not be written: ");
    }

    @Test
    void saysWhatIsWrongWithTheDatabaseAndNeverThePassword() throws IOException {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            closedPort = socket.getLocalPort();
        }
        String url = database.jdbcUrl().replaceFirst("[?].*", "");
        String unknown = url.replaceFirst("/[^/]*$", "/nowhere");

        assertThat(prompt.runOn(
                        "jdbc:postgresql://127.0.0.1:" + closedPort + "/shop?password=" + PASSWORD,
                        "me",
                        PASSWORD,
                        "status"))
                .isEqualTo(1);
        assertThat(prompt.err()).startsWith("The database at 127.0.0.1:" + closedPort + "/shop cannot be reached:");
        noPasswordIsShown();

        assertThat(prompt.runOn("jdbc:postgresql://warehouse.invalid/shop", "me", PASSWORD, "status"))
                .isEqualTo(2);
        assertThat(prompt.err()).startsWith("The database's host is unknown: warehouse.invalid/shop.");
        noPasswordIsShown();

        assertThat(prompt.runOn(url, "nobody_of_that_name", PASSWORD, "status")).isEqualTo(2);
        assertThat(prompt.err()).contains("refuses the login: ");
        noPasswordIsShown();

        assertThat(prompt.runOn(unknown, database.username(), database.password(), "status"))
                .isEqualTo(2);
        assertThat(prompt.err()).startsWith("The database does not exist: ").contains("/nowhere");

        assertThat(prompt.runOn("postgres://me:" + PASSWORD + "@host/shop", "me", PASSWORD, "status"))
                .isEqualTo(2);
        assertThat(prompt.err())
                .startsWith("spring.datasource.url must have the form jdbc:postgresql://host:5432/database");
        noPasswordIsShown();
    }

    @Test
    void namesTheSettingThatIsImpossibleAndWhatIsAllowed() {
        assertThat(prompt.run("status", "--adjust.timeout=1ms")).isEqualTo(2);
        assertThat(prompt.err()).startsWith("adjust.timeout must be at least 250ms, but is 1ms");

        assertThat(prompt.run("status", "--adjust.partitions=two")).isEqualTo(2);
        assertThat(prompt.err())
                .startsWith("adjust.partitions = \"two\" is impossible (command line): write a whole number.");

        assertThat(prompt.run("status", "--warehouse.session.expect-rows=maybe"))
                .isEqualTo(2);
        assertThat(prompt.err()).contains("allowed are warn, fail, off");

        assertThat(prompt.run("status", "--adjust.token=" + PASSWORD + " with blanks"))
                .isEqualTo(2);
        assertThat(prompt.err()).startsWith("adjust.token must be visible ASCII characters");
        noPasswordIsShown();
    }

    private void noPasswordIsShown() {
        assertThat(prompt.out() + prompt.err()).doesNotContain(PASSWORD);
    }
}
