package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.sandbox.Fault;
import io.adjustbatch.sandbox.Sandbox;
import io.adjustbatch.sandbox.SandboxSettings;
import io.adjustbatch.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The command replay, as an operator starts it after a night that refused rows. No test sits at a terminal. */
class ReplayIntegrationTests {

    private static final String APP = "kq3x8v2m5nlc";

    /** The lock that runs hold: "adjbatch" in ASCII. */
    private static final long LOCK = 0x61646a6261746368L;

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    @TempDir
    Path directory = Path.of("");

    private final JdbcClient jdbc = JdbcClient.create(DATABASE.dataSource());

    private final Prompt prompt = new Prompt(DATABASE);

    /** Two refused by Adjust, of which the second was overtaken; two refused here; one sent. */
    @BeforeEach
    void refuseRows() throws IOException {
        jdbc.sql("""
                        TRUNCATE adjust_batch.run, adjust_batch.delivery, adjust_batch.delivery_journal, adjust_batch.staged_total,
                            adjust_batch.restaged_row, adjust_batch.purchase_transaction, adjust_batch.staging_mark,
                            adjust_batch.suppressed_device, warehouse.purchase""").update();
        Instant time = Instant.now().minus(Duration.ofDays(1));
        Path rows = Files.writeString(
                directory.resolve("rows.csv"), """
                id,app_token,environment,occurred_at,event_token,revenue,currency,gps_adid
                1,%1$s,production,%2$s,p4yone,9.99,EUR,00000000-0000-4000-8000-000000000001
                2,%1$s,production,%3$s,p4yone,1.50,EUR,00000000-0000-4000-8000-000000000001
                3,%1$s,production,%4$s,p4yone,3.00,USD,00000000-0000-4000-8000-000000000001
                4,%1$s,production,%2$s,p4yone,-1,EUR,00000000-0000-4000-8000-000000000002
                5,%1$s,production,%2$s,p4yone,-2,USD,00000000-0000-4000-8000-000000000003
                """.formatted(APP, time, time.plusSeconds(1), time.plusSeconds(2)));
        assertThat(prompt.run("load", rows.toString(), "--kind", "purchase")).isZero();
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            sandbox.faults().next(2, Fault.Reply.of(400, "{\"error\":\"Invalid callback parameters\"}"));
            assertThat(night(sandbox)).as(prompt.err()).isZero();
        }
        assertThat(states()).isEqualTo("1 REJECTED, 2 REJECTED, 3 SENT, 4 INVALID, 5 INVALID");
    }

    @Test
    void isNamedAsTheNextStepByTheRunAndByExplain() {
        assertThat(prompt.out())
                .contains(
                        "2 rows were refused as INVALID_ROW: rejected.csv says why. Once the cause is mended, to send"
                                + " them again: java -jar target/adjust-batch.jar replay --class INVALID_ROW --because TEXT",
                        "replay --class ROW_FAULT --because TEXT");

        assertThat(prompt.run("explain", "purchase", "1")).isZero();
        assertThat(prompt.out()).contains("replay --class ROW_FAULT --kind purchase --because TEXT");
    }

    @Test
    void showsRowsMoneyAndWhatWouldBecomeOfThemAndDoesNothingWithoutYes() {
        assertThat(replay("--class", "ROW_FAULT", "--because", "mended")).isEqualTo(2);

        assertThat(prompt.out().lines())
                .containsExactly(
                        "kind      state     rows  money",
                        "purchase  rejected     2  11.49 EUR",
                        "",
                        "Of these, so far as is known now:",
                        "2 rows are late, after a later row of the same device and event was sent: to go out of order,"
                                + " marked as late; Adjust may refuse that.");
        assertThat(prompt.err())
                .isEqualTo("Nothing was done: nobody can be asked here. What next: the same with --yes%n".formatted());
        assertThat(states()).isEqualTo("1 REJECTED, 2 REJECTED, 3 SENT, 4 INVALID, 5 INVALID");
    }

    @Test
    void makesThemPendingAgainAndTheNextRunSendsThem() throws IOException {
        assertThat(replay("--class", "row-fault", "--because", "callback parameters corrected", "--yes"))
                .as(prompt.err())
                .isZero();

        assertThat(prompt.out())
                .endsWith("2 rows are pending again.%nWhat next: java -jar target/adjust-batch.jar run%n".formatted());
        assertThat(states()).isEqualTo("1 PENDING, 2 PENDING, 3 SENT, 4 INVALID, 5 INVALID");
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            assertThat(night(sandbox)).as(prompt.err()).isZero();
        }
        assertThat(states()).isEqualTo("1 SENT, 2 SENT, 3 SENT, 4 INVALID, 5 INVALID");
        assertThat(prompt.run("explain", "purchase", "1")).isZero();
        assertThat(prompt.out())
                .startsWith("purchase:1 is sent: Adjust took it")
                .containsSubsequence(
                        "rejected",
                        "\"Invalid callback parameters\"",
                        System.getProperty("user.name"),
                        "callback parameters corrected",
                        "sent ");
    }

    @Test
    void takesOnlyWhatWasAskedFor() {
        LocalDate tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);
        for (String[] none : new String[][] {
            {"--app", "another"},
            {"--event-token", "another"},
            {"--kind", "session,ad_revenue"},
            {"--since", tomorrow.toString()}
        }) {
            assertThat(replay("--class", "INVALID_ROW", "--because", "mended", "--yes", none[0], none[1]))
                    .isZero();
            assertThat(prompt.out())
                    .isEqualTo("No refused row of class INVALID_ROW is meant by that. Nothing was done.%n".formatted());
        }
        assertThat(states()).contains("4 INVALID, 5 INVALID");

        assertThat(replay(
                        "--class",
                        "INVALID_ROW",
                        "--app",
                        APP,
                        "--event-token",
                        "p4yone",
                        "--kind",
                        "purchase",
                        "--since",
                        tomorrow.minusDays(3).toString(),
                        "--because",
                        "mended",
                        "--yes"))
                .isZero();
        assertThat(states()).contains("4 PENDING, 5 PENDING");
    }

    @Test
    void givesScriptsJson() {
        assertThat(replay("--class", "INVALID_ROW", "--because", "mended", "--json"))
                .isEqualTo(2);
        assertThat(prompt.out()).contains("\"rows\" : 2", "\"replayed\" : 0", "\"next\" : null");

        assertThat(replay("--class", "INVALID_ROW", "--because", "mended", "--json", "--yes"))
                .isZero();
        assertThat(prompt.out().replaceAll("\\s+", " "))
                .contains(
                        "\"error_class\" : \"INVALID_ROW\", \"rows\" : 2, \"replayed\" : 2, \"late\" : 0, \"too_old\" : 0,"
                                + " \"suppressed\" : 0, \"repeated\" : 0",
                        "{ \"kind\" : \"purchase\", \"state\" : \"INVALID\", \"currency\" : \"EUR\", \"rows\" : 1,"
                                + " \"revenue\" : \"-1\" }",
                        "\"next\" : \"java -jar target/adjust-batch.jar run\"");
    }

    @Test
    void saysWhichRowsWouldOnlyBeRefusedAgain() {
        jdbc.sql("UPDATE adjust_batch.delivery SET occurred_at = now() - interval '59 days' WHERE row_id = 4")
                .update();
        assertThat(prompt.run("suppress", "add", "--row", "purchase:5", "--because", "asked by mail"))
                .as(prompt.err())
                .isZero();

        replay("--class", "INVALID_ROW", "--because", "mended");

        assertThat(prompt.out())
                .contains(
                        "1 row is past Adjust's age limit: only to expire again.",
                        "1 row is of an opted-out device: only to be suppressed again.",
                        "suppress remove --row KIND:ID --because TEXT");
    }

    @Test
    void saysThatALateRowWouldBeRefusedWhereThatIsWanted() {
        replay("--class", "ROW_FAULT", "--because", "mended", "--adjust.ordering.late=reject");

        assertThat(prompt.out()).contains("2 rows are late", "for adjust.ordering.late is reject.");

        replay("--class", "ROW_FAULT", "--because", "mended", "--adjust.ordering=off");
        assertThat(prompt.out()).doesNotContain("late");
    }

    @Test
    void namesTheClassesThereAre() {
        assertThat(replay("--class", "ROWFAULT", "--because", "mended", "--yes"))
                .isEqualTo(2);
        assertThat(prompt.err()).contains("'ROWFAULT' is no class; there are DELIVERED, DUPLICATE, ROW_FAULT, ");
    }

    @Test
    void saysWhyWhatAdjustHasCountedIsNotReplayed() {
        assertThat(replay("--class", "duplicate", "--because", "mended", "--yes"))
                .isZero();
        assertThat(prompt.out()).contains("Adjust has counted the rows of this class before");
    }

    @Test
    void wantsAReasonAndADay() {
        assertThat(replay("--class", "ROW_FAULT", "--because", " ", "--yes")).isEqualTo(2);
        assertThat(prompt.err()).startsWith("--because is empty: say what was mended.");

        assertThat(replay("--class", "ROW_FAULT", "--because", "mended", "--since", "yesterday"))
                .isEqualTo(2);
        assertThat(prompt.err()).contains("'yesterday' is no day: write it as 2026-01-31");
    }

    @Test
    void doesNothingWhileARunIsAtWork() throws SQLException {
        try (Connection run = DATABASE.withoutPool().getConnection();
                Statement statement = run.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");

            assertThat(replay("--class", "ROW_FAULT", "--because", "mended", "--yes"))
                    .isEqualTo(5);
        }
        assertThat(prompt.err()).contains("Nothing was done");
        assertThat(states()).contains("1 REJECTED, 2 REJECTED");
    }

    private int night(Sandbox sandbox) {
        return prompt.night(sandbox, directory, "--adjust.max-in-flight=1");
    }

    private String states() {
        return jdbc.sql("SELECT string_agg(row_id || ' ' || state, ', ' ORDER BY row_id) FROM adjust_batch.delivery")
                .query(String.class)
                .single();
    }

    private int replay(String... arguments) {
        return prompt.run(
                Stream.concat(Stream.of("replay"), Stream.of(arguments)).toArray(String[]::new));
    }
}
