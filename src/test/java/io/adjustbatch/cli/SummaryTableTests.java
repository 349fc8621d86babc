package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.Fault;
import io.adjustbatch.audit.KindSummary;
import io.adjustbatch.audit.LeftOut;
import io.adjustbatch.audit.NextSteps;
import io.adjustbatch.audit.RunSummary;
import io.adjustbatch.audit.Share;
import io.adjustbatch.audit.Tally;
import io.adjustbatch.ledger.HaltedScope;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.Run;
import io.adjustbatch.ledger.RunState;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SummaryTableTests {

    private static final LeftOut NONE_LEFT_OUT = new LeftOut(Tally.NONE, null, null);
    private static final KindSummary NO_SESSIONS = new KindSummary(
            Kind.SESSION, Tally.NONE, Tally.NONE, Tally.NONE, NONE_LEFT_OUT, List.of(), List.of(), List.of(), 0, 0, 0);

    @Test
    void showsRowsCausesMoneyAndWhatWasLeftOut() {
        RunSummary summary =
                summary(RunState.HALTED, "event token abc123 of app k is unknown", purchases(), impressions());

        assertThat(new SummaryTable(summary, Colours.NONE)).hasToString("""
                        Run 17 halted after 83.4 s: 3,105 requests, 37 rows/s
                        Why: event token abc123 of app k is unknown

                        rows         session  purchase  ad_revenue  total
                        open before        0        12           0     12
                        new                0     1,100       2,000  3,100
                        sent               0     1,083       2,000  3,083
                        rejected           0        14           0     14
                        invalid            0         3           0      3
                        in doubt           0         2           0      2
                        pending            0        10           0     10

                        not sent, why               status  answer               rows
                        rejected: ROW_FAULT            400  Bad event state        14
                        pending: EVENT_TOKEN_FAULT     400  Invalid event token    10
                        invalid: INVALID_ROW                                        3
                        in doubt: AMBIGUOUS                                         2

                        money   to send      sent  not sent  in doubt  waiting
                        EUR    11120.88  10819.17    169.83     19.98   111.90
                        JPY        1200      1200         0         0        0
                        USD      0.4011    0.4011         0         0        0

                        Left in the warehouse: too old for Adjust, or before warehouse.since
                        ad_revenue  7  0.0021 USD  from 2026-09-01T00:00:00Z to 2026-10-01T00:00:00Z
                        """.replace("\n", System.lineSeparator()));
    }

    @Test
    void letsNoReasonAndNoStepMoveTheCursor() {
        RunSummary summary = summary(RunState.HALTED, "\u001B[2Jreason", purchases(), impressions());
        RunSummary halted = new RunSummary(
                summary.run(),
                summary.settingsDigest(),
                summary.terms(),
                List.of(new HaltedScope("the run", "cause", "\u001B[2Jremedy", 1)),
                summary.kinds(),
                summary.warnings());

        assertThat(new SummaryTable(halted, Colours.NONE) + NextStepsText.of(halted))
                .contains("Why: \uFFFD[2Jreason%n".formatted(), "  \uFFFD[2Jremedy.%n".formatted())
                .doesNotContain("\u001B");
    }

    @Test
    void advisesToMendTheFaultFirstAndThenToGoOn() {
        RunSummary summary = summary(RunState.HALTED, null, purchases(), impressions());

        assertThat(NextSteps.after(summary))
                .satisfiesExactly(
                        first -> assertThat(first).contains("event token abc123 exists in app kq3x8v2m5nlc"),
                        second -> assertThat(second).startsWith("2 rows are in doubt"),
                        third -> assertThat(third)
                                .isEqualTo("10 rows are waiting. To go on, once its cause is mended, start this, which"
                                        + " is safe: java -jar target/adjust-batch.jar run"),
                        fourth -> assertThat(fourth).contains("replay --class INVALID_ROW"),
                        fifth -> assertThat(fifth)
                                .isEqualTo("14 rows were refused as ROW_FAULT: rejected.csv says why. Once the cause is"
                                        + " mended, to send them again: java -jar target/adjust-batch.jar replay --class"
                                        + " ROW_FAULT --because TEXT"));
    }

    @Test
    void saysWhyARunEnded() {
        RunSummary summary = summary(RunState.STOPPED, "stopped by a signal", NO_SESSIONS);

        assertThat(new SummaryTable(summary, Colours.NONE).toString())
                .startsWith("Run 17 was stopped after 83.4 s: 0 requests, 0 rows/s%nWhy: stopped by a signal%n"
                        .formatted());
    }

    @Test
    void advisesNothingAfterAGoodNight() {
        RunSummary summary = summary(RunState.COMPLETED, null, NO_SESSIONS);

        assertThat(NextSteps.after(summary)).containsExactly("Nothing: no row waits for anybody.");
    }

    @Test
    void saysAboveAllThatTheBooksDoNotBalance() {
        KindSummary lost = new KindSummary(
                Kind.PURCHASE,
                Tally.NONE,
                tally(1, "EUR", "4.99"),
                Tally.NONE,
                NONE_LEFT_OUT,
                List.of(),
                List.of(),
                List.of(),
                0,
                0,
                0);
        RunSummary summary = summary(RunState.COMPLETED, null, lost);

        assertThat(NextSteps.after(summary).get(0)).startsWith("The books do not balance");
        assertThat(new SummaryTable(summary, Colours.NONE).toString()).contains("NOT ACCOUNTED FOR         1      1");
    }

    @Test
    void saysOfARunWithCodeSevenWhereToSeeWhatDiffers() {
        Run run = new Run(17, RunState.FAILED, 17L, Instant.EPOCH, Instant.EPOCH, "host", 1, 7, "differs");
        RunSummary summary = new RunSummary(run, "digest", null, List.of(), List.of(NO_SESSIONS), List.of());

        assertThat(NextSteps.after(summary).get(0)).contains("do not balance").endsWith(" reconcile");
    }

    @Test
    void callsRowsInDoubtOnlyThosePersonsCanDecide() {
        KindSummary working = new KindSummary(
                Kind.PURCHASE,
                tally(3, "EUR", "9.98"),
                Tally.NONE,
                Tally.NONE,
                NONE_LEFT_OUT,
                List.of(),
                List.of(
                        share(RowState.SENDING, "UNAVAILABLE", null, null, tally(2, "EUR", "4.98")),
                        share(RowState.IN_DOUBT, "AMBIGUOUS", null, null, tally(1, "EUR", "5"))),
                List.of(),
                0,
                0,
                0);
        RunSummary summary = summary(RunState.RUNNING, null, working);

        assertThat(NextSteps.after(summary)).anyMatch(step -> step.startsWith("2 rows are on the wire."));
        assertThat(NextSteps.after(summary)).anyMatch(step -> step.startsWith("1 row is in doubt:"));
        assertThat(new SummaryTable(summary, Colours.NONE).toString())
                .containsPattern("on the wire +2 +2")
                .containsPattern("in doubt +1 +1");
    }

    private static RunSummary summary(RunState state, @Nullable String reason, KindSummary... kinds) {
        Instant start = Instant.parse("2026-11-24T02:00:00Z");
        Run run = new Run(17, state, 17L, start, start.plusMillis(83_400), "host", 1, 4, reason);
        List<KindSummary> all = kinds.length == 2 ? List.of(NO_SESSIONS, kinds[0], kinds[1]) : List.of(kinds);
        return new RunSummary(run, "digest", null, List.of(), all, List.of());
    }

    @Test
    void warnsOfRowsThatSoonAreTooOldForAdjust() {
        KindSummary old = new KindSummary(
                Kind.PURCHASE,
                tally(2, "EUR", "9.98"),
                Tally.NONE,
                Tally.NONE,
                NONE_LEFT_OUT,
                List.of(),
                List.of(share(RowState.HELD, "NOT_YET_DUE", null, null, tally(2, "EUR", "9.98"))),
                List.of(),
                2,
                0,
                0);

        assertThat(NextSteps.after(summary(RunState.COMPLETED, null, old)))
                .anySatisfy(step ->
                        assertThat(step).startsWith("2 rows will be older than Adjust takes within three days"));
    }

    private static KindSummary purchases() {
        return new KindSummary(
                Kind.PURCHASE,
                tally(12, "EUR", "119.88"),
                tally(1_100, "EUR", "11001.00").plus(tally(0, "JPY", "1200")),
                Tally.NONE,
                NONE_LEFT_OUT,
                List.of(
                        share(
                                RowState.SENT,
                                "DELIVERED",
                                200,
                                "OK",
                                tally(1_083, "EUR", "10819.17").plus(tally(0, "JPY", "1200"))),
                        share(RowState.REJECTED, "ROW_FAULT", 400, "Bad event state", tally(14, "EUR", "139.86")),
                        share(RowState.INVALID, "INVALID_ROW", null, null, tally(3, "EUR", "29.97"))),
                List.of(
                        share(RowState.IN_DOUBT, "AMBIGUOUS", null, null, tally(2, "EUR", "19.98")),
                        share(
                                RowState.PENDING,
                                "EVENT_TOKEN_FAULT",
                                400,
                                "Invalid event token",
                                tally(10, "EUR", "111.90"))),
                List.of(new Fault(
                        Kind.PURCHASE, "EVENT_TOKEN_FAULT", "kq3x8v2m5nlc", "abc123", 400, "Invalid event token", 10)),
                0,
                0,
                1_105);
    }

    private static KindSummary impressions() {
        return new KindSummary(
                Kind.AD_REVENUE,
                Tally.NONE,
                tally(2_000, "USD", "0.4011"),
                Tally.NONE,
                new LeftOut(
                        tally(7, "USD", "0.0021"),
                        Instant.parse("2026-09-01T00:00:00Z"),
                        Instant.parse("2026-10-01T00:00:00Z")),
                List.of(share(RowState.SENT, "DELIVERED", 200, "OK", tally(2_000, "USD", "0.4011"))),
                List.of(),
                List.of(),
                0,
                0,
                2_000);
    }

    private static Share share(
            RowState state, String errorClass, @Nullable Integer status, @Nullable String message, Tally tally) {
        return new Share(state, errorClass, status, message, tally);
    }

    private static Tally tally(long rows, String currency, String amount) {
        return new Tally(rows, new TreeMap<>(Map.of(currency, new BigDecimal(amount))));
    }
}
