package io.adjustbatch.job;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.NextSteps;
import io.adjustbatch.sandbox.Fault;
import io.adjustbatch.sandbox.SandboxSettings;
import io.adjustbatch.sandbox.SandboxSettings.AuthFailure;
import io.adjustbatch.sandbox.Script;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a whole run makes of what Adjust, or the way there, does wrong. */
class AdjustFaultsIntegrationTests {

    private static final Fault INTERNAL_ERROR = Fault.Reply.of(500, "{\"error\":\"Internal error\"}");

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    private Path reports;

    @ParameterizedTest
    @EnumSource(AuthFailure.class)
    void burnsNoRowForAWrongTokenAndSendsAllWithTheRightOne(AuthFailure answer) {
        SandboxSettings settings = SandboxSettings.defaults().withToken("right-token", answer);
        try (Night night = new Night(settings, reports, "--adjust.token=expired-token", "--adjust.max-in-flight=4")) {
            purchases(night, 60);

            RunResult halted = night.run();
            Map<String, Long> afterHalt = night.states("purchase");
            long requests = night.sandbox().tally().requests();
            night.reopen("--adjust.token=right-token");
            RunResult finished = night.run();

            assertThat(halted.exitCode()).isEqualTo(ExitCode.HALTED);
            assertThat(halted.reason())
                    .contains(Night.APP, "/event", "check the S2S token of app " + Night.APP)
                    .doesNotContain("expired-token");
            assertThat(afterHalt).isEqualTo(Map.of("PENDING", 60L));
            assertThat(halted.summary().halts()).singleElement().satisfies(halt -> {
                assertThat(halt.scope()).isEqualTo("app " + Night.APP + " at /event");
                assertThat(halt.remedy()).startsWith("check the S2S token of app " + Night.APP);
                assertThat(halt.waitingRows()).isEqualTo(60);
            });
            assertThat(finished.summary().halts()).isEmpty();
            assertThat(requests).isBetween(1L, 4L);
            assertThat(finished.exitCode()).as(finished.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 60L));
            assertThat(night.sandbox().tally().acceptedRequests()).isEqualTo(60);
        }
    }

    @Test
    void haltsABadEventTokenAlone() {
        try (Night night = new Night(reports, "--adjust.max-in-flight=4")) {
            for (int id = 1; id <= 80; id++) {
                String eventToken = id % 2 == 0 ? "abc123" : Script.EVENT_TOKEN_UNKNOWN.value();
                night.purchase(id, Night.APP, eventToken, id, yesterday, BigDecimal.TEN, "EUR");
            }

            RunResult result = night.run();

            assertThat(result.exitCode()).isEqualTo(ExitCode.HALTED);
            assertThat(result.reason()).contains("event token " + Script.EVENT_TOKEN_UNKNOWN.value());
            assertThat(night.count("adjust_batch.delivery WHERE event_token = 'abc123' AND state = 'SENT'"))
                    .isEqualTo(40);
            assertThat(night.count("adjust_batch.delivery WHERE event_token <> 'abc123' AND state = 'PENDING'"))
                    .isEqualTo(40);
            assertThat(night.sandbox().tally().refusedRequests()).isBetween(1L, 16L);
        }
    }

    @Test
    void saysTheSameRemedyWhereverARunIsShown() throws IOException {
        try (Night night = new Night(reports)) {
            String eventToken = Script.EVENT_TOKEN_UNKNOWN.value();
            night.purchase(1, Night.APP, eventToken, 1, yesterday, BigDecimal.TEN, "EUR");

            RunResult result = night.run();

            String remedy = result.summary().faults().get(0).remedy();
            String page = Files.readString(reports.resolve("run-1/report.html"));
            assertThat(remedy).contains(eventToken, Night.APP);
            assertThat(result.reason()).containsIgnoringCase(remedy.substring(0, remedy.length() - 1));
            assertThat(NextSteps.after(result.summary())).contains(remedy);
            assertThat(Files.readString(reports.resolve("run-1/summary.json"))).contains(remedy);
            assertThat(Jsoup.parse(page).select(".next li").eachText()).contains(remedy);
            assertThat(Jsoup.parse(page).select(".reason").text()).endsWith(Objects.requireNonNull(result.reason()));
        }
    }

    @Test
    void triesAgainAfterInternalErrorsWithinTheRun() {
        try (Night night = new Night(reports)) {
            night.purchase(1, 1, yesterday, "9.99");
            night.sandbox().faults().next(2, INTERNAL_ERROR);

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.count("adjust_batch.delivery WHERE state = 'SENT' AND attempts = 3"))
                    .isEqualTo(1);
            assertThat(journal(night, "purchase")).isEqualTo("PENDING PENDING SENT");
        }
    }

    @Test
    void leavesAPurchaseWhoseConnectionBreaksInDoubtAndNeverSendsItAgain() {
        try (Night night = new Night(reports)) {
            purchases(night, 5);
            night.sandbox().faults().next(1, new Fault.Reset(Fault.Moment.AFTER_COUNTING));

            RunResult first = night.run();
            RunResult second = night.run();

            assertThat(first.exitCode()).isEqualTo(ExitCode.WAITING_FOR_PERSON);
            assertThat(second.exitCode()).isEqualTo(ExitCode.WAITING_FOR_PERSON);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 4L, "IN_DOUBT", 1L));
            assertThat(night.sandbox().tally().requests()).isEqualTo(5);
        }
    }

    @Test
    void holdsTheLaterRowsOfALaneBehindOneInDoubt() {
        try (Night night = new Night(reports)) {
            for (int id = 1; id <= 4; id++) {
                night.purchase(id, 1, yesterday.plusSeconds(id), "9.99");
            }
            night.sandbox().faults().next(1, new Fault.Reset(Fault.Moment.BEFORE_COUNTING));

            night.run();
            night.run();

            assertThat(night.states("purchase")).isEqualTo(Map.of("IN_DOUBT", 1L, "HELD", 3L));
            assertThat(night.sandbox().tally().requests()).isEqualTo(1);
        }
    }

    @Test
    void neverSendsAgainWhatMayHaveBeenCountedWhateverBreaks() {
        SandboxSettings remembering = SandboxSettings.defaults().withReferenceParameter("row");
        try (Night night = new Night(
                remembering,
                reports,
                "--adjust.timeout=1s",
                "--adjust.reference-parameter=row",
                "--adjust.max-in-flight=32")) {
            for (int id = 1; id <= 600; id++) {
                // the sandbox has answers of its own for some lower devices
                night.purchase(id, 1_000 + id, yesterday, "9.99");
            }
            night.sandbox().faults().share(2, new Fault.Reset(Fault.Moment.BEFORE_COUNTING));
            night.sandbox().faults().share(2, new Fault.Reset(Fault.Moment.AFTER_COUNTING));
            night.sandbox().faults().share(2, new Fault.Cut());
            night.sandbox().faults().share(1, new Fault.Stall(Fault.Moment.AFTER_COUNTING));
            night.sandbox().faults().share(1, Fault.Delay.of(Duration.ofMillis(1_500)));

            night.run();
            RunResult second = night.run();

            assertThat(second.exitCode()).as(second.reason()).isEqualTo(ExitCode.WAITING_FOR_PERSON);
            assertThat(requireNonNull(night.sandbox().tally().references()).repeated())
                    .isZero();
            long sent = night.count("adjust_batch.delivery WHERE state = 'SENT'");
            long inDoubt = night.count("adjust_batch.delivery WHERE state = 'IN_DOUBT'");
            assertThat(inDoubt).isPositive();
            assertThat(sent + inDoubt).isEqualTo(600);
            assertThat(night.sandbox().tally().acceptedRequests()).isBetween(sent, sent + inDoubt);
        }
    }

    @ParameterizedTest(name = "reset {0}: {1}")
    @CsvSource({"BEFORE_COUNTING, SENT", "AFTER_COUNTING, DUPLICATE"})
    void sendsASessionWhoseConnectionBreaksAgain(Fault.Moment moment, String state) {
        try (Night night = new Night(reports)) {
            night.session(1, 1, yesterday);
            night.sandbox().faults().next(1, new Fault.Reset(moment));

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("session")).isEqualTo(Map.of(state, 1L));
            assertThat(night.sandbox().tally().requests()).isEqualTo(2);
            assertThat(night.sandbox().tally().acceptedRequests()).isEqualTo(1);
        }
    }

    private void purchases(Night night, int count) {
        for (int id = 1; id <= count; id++) {
            night.purchase(id, id, yesterday, "9.99");
        }
    }

    private static String journal(Night night, String kind) {
        return night.jdbc()
                .sql(
                        "SELECT string_agg(state, ' ' ORDER BY entry_id) FROM adjust_batch.delivery_journal WHERE kind = ?")
                .param(kind)
                .query(String.class)
                .single();
    }
}
