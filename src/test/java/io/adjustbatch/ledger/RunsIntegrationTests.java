package io.adjustbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.testing.TestDatabase;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunsIntegrationTests {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private final Books books = new Books(DATABASE);
    private final Runs runs = new Runs(books.jdbc());

    @Test
    void opensARunWithoutAnExecution() {
        long runId = runs.open("night.example", 12, "c0ffee");

        assertThat(runs.find(runId)).hasValueSatisfying(run -> {
            assertThat(run.state()).isEqualTo(RunState.RUNNING);
            assertThat(run.executionId()).isNull();
            assertThat(run.endedAt()).isNull();
            assertThat(run.exitCode()).isNull();
            assertThat(run.host()).isEqualTo("night.example");
            assertThat(run.processId()).isEqualTo(12);
        });
    }

    @ParameterizedTest
    @EnumSource(value = RunState.class, names = "RUNNING", mode = EnumSource.Mode.EXCLUDE)
    void closesARunAndOpensItAgainForItsNextExecution(RunState state) {
        RunToken run = books.run();

        runs.close(run.runId(), state, 4, "a reason");
        Run closed = runs.find(run.runId()).orElseThrow();
        runs.attach(new RunToken(run.runId(), 2), "day.example", 13);
        Run again = runs.find(run.runId()).orElseThrow();

        assertThat(closed.state()).isEqualTo(state);
        assertThat(closed.exitCode()).isEqualTo(4);
        assertThat(closed.reason()).isEqualTo("a reason");
        assertThat(closed.endedAt()).isNotNull();
        assertThat(again)
                .isEqualTo(new Run(
                        run.runId(), RunState.RUNNING, 2L, closed.startedAt(), null, "day.example", 13, null, null));
    }

    @Test
    void abandonsEveryRunThatIsStillOpenAndNoOther() {
        RunToken finished = books.openRun(2);
        runs.close(finished.runId(), RunState.COMPLETED, 0, null);

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
