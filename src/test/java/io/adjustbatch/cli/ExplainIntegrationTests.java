package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.sandbox.Sandbox;
import io.adjustbatch.sandbox.SandboxSettings;
import io.adjustbatch.testing.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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

/** The command explain, as an on-call person asks it about one row. */
class ExplainIntegrationTests {

    private static final String APP = "kq3x8v2m5nlc";
    private static final String JAR = "java -jar target/adjust-batch.jar ";

    @TempDir
    Path directory = Path.of("");

    @AutoClose
    private final TestDatabase database = TestDatabase.create();

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final Prompt prompt = new Prompt(database);

    @ParameterizedTest(name = "purchase {0}")
    @ValueSource(ints = {1, 2}) // the one that Adjust answered, and one that never left for that
    void saysWhatToMendForARowWhoseAppWasHalted(int row) {
        purchase(1, Duration.ofSeconds(60), "9.99");
        purchase(2, Duration.ofSeconds(50), "1.50");
        nightWithWrongToken();

        JsonNode life = explained(row);

        assertThat(life.get("state").asString()).isEqualTo("PENDING");
        assertThat(life.get("why").asString())
                .contains(", but run 1 halted app " + APP + " at /event: the answer was 202");
        assertThat(strings(life.get("next")))
                .containsExactly(
                        "Check the S2S token of app %1$s (adjust.apps.%1$s.token or adjust.token) and its scope for requests to /event."
                                .formatted(APP),
                        "When that is mended, the next run sends it: " + JAR + "run");
        assertThat(prompt.run("explain", "purchase", String.valueOf(row))).isZero();
        assertThat(prompt.out()).contains(life.get("why").asString()).doesNotContain("Nothing, if runs");
    }

    @Test
    void saysSoOfADeferredRowToo() {
        purchase(1, Duration.ofSeconds(60), "9.99");
        nightWithWrongToken();
        jdbc.sql("UPDATE adjust_batch.delivery SET state = 'DEFERRED', next_attempt_at = now()")
                .update();
        jdbc.sql("UPDATE adjust_batch.delivery_journal SET state = 'DEFERRED'").update();

        assertThat(explained(1).get("why").asString())
                .startsWith("it is due at ")
                .contains("run 1 halted app " + APP);
    }

    @Test
    void keepsToTheRowsOwnAnswerWhenTheLastRunHaltedNothing() {
        purchase(1, Duration.ofSeconds(60), "9.99");
        nightWithWrongToken();
        jdbc.sql("""
                        INSERT INTO adjust_batch.run (state, started_at, ended_at, host, process_id, settings_digest)
                        VALUES ('COMPLETED', now(), now(), 'night.example', 4711, 'c0ffee')""").update();

        assertThat(explained(1).get("why").asString()).contains("run 1 halted app");

        jdbc.sql("DELETE FROM adjust_batch.run_halt").update();
        JsonNode life = explained(1);
        assertThat(life.get("halt").get("scope").isNull()).isTrue();
        assertThat(strings(life.get("next"))).first().asString().startsWith("Check the S2S token of app " + APP);
    }

    @Test
    void leavesARowAloneThatNoHaltReaches() {
        purchase(1, Duration.ofSeconds(60), "9.99");
        nightWithWrongToken();
        jdbc.sql("UPDATE adjust_batch.run_halt SET scope = 'app 000000000000 at /event'")
                .update();
        jdbc.sql("UPDATE adjust_batch.delivery_journal SET error_class = 'UNAVAILABLE'")
                .update();

        JsonNode life = explained(1);

        assertThat(life.get("halt").isNull()).isTrue();
        assertThat(strings(life.get("next")))
                .containsExactly("Nothing, if runs are started every night. At once: " + JAR + "run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REJECTED", "INVALID", "SUPPRESSED", "EXPIRED"})
    void sendsWhoeverChangedTheLedgerByHandToReconcile(String state) {
        purchase(1, Duration.ofSeconds(60), "9.99");
        nightWithWrongToken();
        jdbc.sql("""
                        UPDATE adjust_batch.delivery
                        SET state = ?, decided_by = 'adjust', finalized_at = now()""").param(state).update();
        assertThat(explained(1).get("why").asString()).endsWith(", but the journal says otherwise");

        jdbc.sql("DELETE FROM adjust_batch.delivery_journal").update();
        JsonNode life = explained(1);

        assertThat(life.get("why").asString()).endsWith(", but the journal has no entry of it");
        assertThat(strings(life.get("next"))).singleElement().asString().endsWith(": " + JAR + "reconcile");
    }

    @Test
    void showsWhatTheWarehouseChangedBeforeTheFirstAttempt() {
        purchase(1, Duration.ofSeconds(60), "9.99");
        nightWithWrongToken();
        jdbc.sql("""
                        INSERT INTO adjust_batch.restaged_row (run_id, at, kind, row_id, app_token, event_token, environment,
                            currency, revenue, occurred_at, transaction_id)
                        SELECT 1, staged_at, kind, row_id, app_token, event_token, environment, 'USD', 12.50, occurred_at,
                               transaction_id
                        FROM adjust_batch.delivery""").update();

        assertThat(prompt.run("explain", "purchase", "1")).isZero();
        assertThat(prompt.out())
                .containsPattern(
                        "pending +staged\n.* 1 +staged anew, .*: currency was USD, revenue was 12.50\n.*AUTH_FAULT");
    }

    @Test
    void givesScriptsExactMoneyAndKeysAsInTheLedger() {
        purchase(1, Duration.ofSeconds(60), "0.0000001");
        nightWithWrongToken();

        JsonNode life = explained(1);

        assertThat(life.get("revenue").isString()).isTrue();
        assertThat(life.get("revenue").asString()).isEqualTo("0.0000001");
        assertThat(life.get("row_id").asLong()).isEqualTo(1);
        assertThat(Instant.parse(life.get("staged_at").asString())).isBefore(Instant.now());
        assertThat(life.get("entries").get(0).get("error_class").asString()).isEqualTo("INVALID_ROW");
        assertThat(life.get("entries").get(0).get("http_status").isNull()).isTrue();
        assertThat(prompt.out()).doesNotContainPattern("\"[a-z_]*[A-Z][A-Za-z]*\" :");
    }

    @Test
    void letsNoTextOfTheDatabaseMoveTheCursor() {
        purchase(1, Duration.ofSeconds(60), "9.99");
        nightWithWrongToken();
        jdbc.sql("UPDATE adjust_batch.run_halt SET cause = E'\\x1b[2Jcause', remedy = E'\\x1b[2Jremedy'")
                .update();

        assertThat(prompt.run("explain", "purchase", "1")).isZero();
        assertThat(prompt.out()).contains("\uFFFD[2Jcause", "\uFFFD[2Jremedy").doesNotContain("\u001B");
    }

    @Test
    void saysThatTheWarehouseLacksTheRow() {
        assertThat(prompt.run("explain", "purchase", "9")).isEqualTo(2);
        assertThat(prompt.err())
                .contains("does not know purchase:9: there is no row 9 in warehouse.purchase either.")
                .contains("What to do: check kind and id");
    }

    @Test
    void saysThatTheNextRunTakesTheRow() {
        nightWithWrongToken();
        purchase(1, Duration.ofSeconds(60), "9.99");

        assertThat(prompt.run("explain", "purchase", "1")).isEqualTo(2);
        assertThat(prompt.err()).contains("the next run takes it.", "What next: " + JAR + "run");
    }

    @Test
    void saysThatTheFirstStagingLeftTheRowOut() {
        purchase(1, Duration.ofDays(90), "9.99");
        nightWithWrongToken();

        assertThat(prompt.run("explain", "purchase", "1")).isEqualTo(2);
        assertThat(prompt.err()).contains("the first staging leaves out of warehouse.purchase", "No run sends it.");
    }

    @Test
    void namesTheLookbackThatFindsARowCommittedLate() {
        nightWithWrongToken();
        purchase(1, Duration.ofDays(6), "9.99");
        jdbc.sql("UPDATE warehouse.purchase SET loaded_at = now() - interval '5 days'")
                .update();

        assertThat(prompt.run("explain", "purchase", "1")).isEqualTo(2);
        assertThat(prompt.err()).contains(JAR + "run --warehouse.lookback=5d");
        night("--warehouse.lookback=5d");
        assertThat(prompt.run("explain", "purchase", "1")).as(prompt.err()).isZero();
    }

    @ParameterizedTest(name = "loaded {0} days ago, journal kept: {1}")
    @CsvSource({
        "0, true, 'the journal knows it, and last as sent'",
        "5, true, 'the journal knows it, and last as sent'",
        "0, false, 'its transaction is known as this row''s'"
    })
    void advisesNoRunForARowThatWasTakenOutOfTheLedger(int days, boolean journal, String known) {
        purchase(1, Duration.ofDays(6), "9.99");
        jdbc.sql("UPDATE warehouse.purchase SET transaction_id = 'T1'").update();
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            assertThat(prompt.night(sandbox, directory)).as(prompt.err()).isZero();
        }
        jdbc.sql("UPDATE warehouse.purchase SET loaded_at = now() - make_interval(days => ?)")
                .param(days)
                .update();
        jdbc.sql("DELETE FROM adjust_batch.delivery").update();
        if (!journal) {
            jdbc.sql("DELETE FROM adjust_batch.delivery_journal").update();
        }

        assertThat(prompt.run("explain", "purchase", "1")).isEqualTo(2);

        assertThat(prompt.err())
                .contains(known, "changed the ledger by hand", "start no run", JAR + "reconcile")
                .doesNotContain(JAR + "run");
    }

    @Test
    void saysThatAKindIsSwitchedOff() {
        assertThat(prompt.run("explain", "ad_revenue", "1", "--warehouse.ad-revenue.relation=none"))
                .isEqualTo(2);
        assertThat(prompt.err()).contains("warehouse.ad-revenue.relation is none");
    }

    private JsonNode explained(long row) {
        assertThat(prompt.run("explain", "purchase", String.valueOf(row), "--json"))
                .as(prompt.err())
                .isZero();
        return JsonMapper.shared().readTree(prompt.out());
    }

    private static Stream<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString);
    }

    private void nightWithWrongToken() {
        assertThat(night()).as(prompt.err()).isIn(0, 4);
    }

    /** One request at a time, so that the first answer halts what comes after. */
    private int night(String... settings) {
        SandboxSettings strict =
                SandboxSettings.defaults().withToken("right", SandboxSettings.AuthFailure.ACCEPTED_202);
        try (Sandbox sandbox = Sandbox.start(strict)) {
            return prompt.run(Stream.concat(
                            Stream.of(
                                    "run",
                                    "--adjust.token=wrong",
                                    "--adjust.base-url=" + sandbox.baseUrl(),
                                    "--adjust.max-in-flight=1",
                                    "--adjust.partitions=1",
                                    "--report.directory=" + directory.resolve("reports")),
                            Stream.of(settings))
                    .toArray(String[]::new));
        }
    }

    private void purchase(long id, Duration age, String revenue) {
        jdbc.sql("""
                        INSERT INTO warehouse.purchase
                            (id, app_token, environment, occurred_at, event_token, revenue, currency, gps_adid)
                        VALUES (:id, :app, 'production', :at, 'p4yone', :revenue, 'EUR', :device)""")
                .param("id", id)
                .param("app", APP)
                .param("at", Instant.now().minus(age).atOffset(ZoneOffset.UTC))
                .param("revenue", new BigDecimal(revenue))
                .param("device", "5a0e4a3c-91d1-4f6e-8b0d-%012d".formatted(id))
                .update();
    }
}
