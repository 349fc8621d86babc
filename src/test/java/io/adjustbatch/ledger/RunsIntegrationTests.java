package io.adjustbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.policy.ClassLimit;
import io.adjustbatch.policy.Limit;
import io.adjustbatch.testing.TestDatabase;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunsIntegrationTests {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private final Books books = new Books(DATABASE);
    private final Runs runs = books.runs();

    @Test
    void opensARunWithoutAnExecution() {
        long runId = runs.open(RunOptions.everything(), new SettingsInForce("c0ffee", List.of()));

        assertThat(runs.find(runId)).hasValueSatisfying(run -> {
            assertThat(run.state()).isEqualTo(RunState.RUNNING);
            assertThat(run.executionId()).isNull();
            assertThat(run.endedAt()).isNull();
            assertThat(run.exitCode()).isNull();
            assertThat(run.host()).isEqualTo("night.example");
            assertThat(run.processId()).isEqualTo(4711);
        });
    }

    @Test
    void keepsTheLimitsInForceInTheOrderOfClassAndKind() {
        ClassLimit rows = new ClassLimit(ErrorClass.ROW_FAULT, Kind.PURCHASE, new Limit(7L, null, 1_000));
        ClassLimit share = new ClassLimit(ErrorClass.ROW_FAULT, Kind.AD_REVENUE, new Limit(null, percent("2.50"), 20));
        ClassLimit both = new ClassLimit(ErrorClass.AMBIGUOUS, Kind.PURCHASE, new Limit(0L, percent("99.9"), 1));

        long runId = runs.open(RunOptions.everything(), new SettingsInForce("c0ffee", List.of(both, share, rows)));
        long another = runs.open(RunOptions.everything(), new SettingsInForce("c0ffee", List.of()));

        assertThat(new KeptTerms(books.jdbc()).limits(runId)).containsExactly(rows, share, both);
        assertThat(new KeptTerms(books.jdbc()).limits(another)).isEmpty();
    }

    private static BigDecimal percent(String percent) {
        return new BigDecimal(percent);
    }

    @ParameterizedTest
    @EnumSource(value = RunState.class, names = "RUNNING", mode = EnumSource.Mode.EXCLUDE)
    void closesARunAndOpensItAgainForItsNextExecution(RunState state) {
        RunToken run = books.run();

        List<HaltedScope> halts = List.of(
                new HaltedScope("app a1", "401", "check the token", 17),
                new HaltedScope("the run", "silence", "wait", 40));
        runs.close(run.runId(), state, 4, "a reason", halts);
        Run closed = runs.find(run.runId()).orElseThrow();
        List<HaltedScope> kept = new RunHalts(books.jdbc()).of(run.runId());
        Runs ofAnother = new Runs(books.jdbc(), new Whereabouts("day.example", 13));
        ofAnother.reopen(run.runId(), new SettingsInForce("other", List.of()));
        ofAnother.attach(new RunToken(run.runId(), 2));
        Run again = runs.find(run.runId()).orElseThrow();

        assertThat(closed.state()).isEqualTo(state);
        assertThat(closed.exitCode()).isEqualTo(4);
        assertThat(closed.reason()).isEqualTo("a reason");
        assertThat(closed.endedAt()).isNotNull();
        assertThat(kept).isEqualTo(halts);
        assertThat(new RunHalts(books.jdbc()).of(run.runId())).isEmpty();
        assertThat(again)
                .isEqualTo(new Run(
                        run.runId(), RunState.RUNNING, 2L, closed.startedAt(), null, "day.example", 13, null, null));
    }

    @Test
    void takesNoEndFromAProcessWhoseRunWasTakenOver() {
        RunToken dead = books.run();
        runs.abandonDead();
        boolean closedDead = runs.close(dead.runId(), RunState.COMPLETED, 0, null, List.of());
        Run abandoned = runs.find(dead.runId()).orElseThrow();
        Runs ofAnother = new Runs(books.jdbc(), new Whereabouts("day.example", 13));
        ofAnother.reopen(dead.runId(), new SettingsInForce("c0ffee", List.of()));
        boolean closedOthers = runs.close(dead.runId(), RunState.COMPLETED, 0, null, List.of());

        assertThat(closedDead).isFalse();
        assertThat(abandoned.state()).isEqualTo(RunState.ABANDONED);
        assertThat(abandoned.exitCode()).isNull();
        assertThat(closedOthers).isFalse();
        assertThat(ofAnother.close(dead.runId(), RunState.STOPPED, 6, "why", List.of()))
                .isTrue();
    }

    @Test
    void worksUnderTheSettingsOfItsLastStart() {
        ClassLimit first = new ClassLimit(ErrorClass.ROW_FAULT, Kind.PURCHASE, new Limit(7L, null, 1_000));
        ClassLimit changed = new ClassLimit(ErrorClass.ROW_FAULT, Kind.PURCHASE, new Limit(8L, null, 1_000));
        ClassLimit dropped = new ClassLimit(ErrorClass.AMBIGUOUS, Kind.SESSION, new Limit(9L, null, 1_000));
        long runId = runs.open(RunOptions.everything(), new SettingsInForce("c0ffee", List.of(first, dropped)));

        runs.reopen(runId, new SettingsInForce("c0c0a", List.of(changed)));

        assertThat(new KeptTerms(books.jdbc()).limits(runId)).containsExactly(changed);
        assertThat(books.count("adjust_batch.run WHERE settings_digest = 'c0c0a'"))
                .isOne();
    }

    @Test
    void abandonsEveryRunThatIsStillOpenAndNoOther() {
        RunToken finished = books.openRun(2);
        runs.close(finished.runId(), RunState.COMPLETED, 0, null, List.of());

        assertThat(runs.abandonDead()).isEqualTo(1);
        assertThat(runs.abandonDead()).isZero();

        assertThat(runs.latest(2)).extracting(Run::state).containsExactly(RunState.COMPLETED, RunState.ABANDONED);
    }

    @Test
    void listsTheNewestFirst() {
        RunToken second = books.openRun(2);
        RunToken third = books.openRun(3);

        assertThat(runs.latest(2)).extracting(Run::runId).containsExactly(third.runId(), second.runId());
        assertThat(runs.find(third.runId() + 1)).isEmpty();
    }
}
