package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.ledger.HaltedScope;
import io.adjustbatch.ledger.RunState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunEndTests {

    private static final HaltedScope HALT = new HaltedScope("app a1", "the answer was 401", "check the token", 2_000);

    @ParameterizedTest(name = "{0}: {1}, code {2}")
    @CsvSource(textBlock = """
            '',                                  COMPLETED, 0
            doubt,                               COMPLETED, 3
            stopped,                             STOPPED,   6
            stopped doubt,                       STOPPED,   6
            halted,                              HALTED,    4
            halted stopped,                      HALTED,    4
            stopped halted doubt,                HALTED,    4
            failed,                              FAILED,    1
            failed halted stopped doubt,         FAILED,    1
            stopped doubt failed,                FAILED,    1
            imbalanced,                          FAILED,    7
            stopped imbalanced,                  STOPPED,   7
            halted doubt imbalanced,             HALTED,    7
            failed halted stopped doubt imbalanced, FAILED, 7
            imbalanced failed,                   FAILED,    7
            """)
    void hasTheWorstStateAndTheCodeThatAScriptMustHearOf(String ends, RunState state, int code) {
        RunEnd end = RunEnd.finished();

        for (String one : ends.split(" ", -1)) {
            end = then(end, one);
        }

        assertThat(end.state()).isEqualTo(state);
        assertThat(end.exitCode().code()).isEqualTo(code);
    }

    @Test
    void keepsEveryReason() {
        RunEnd end = RunEnd.failed("no new row")
                .thenHalted(List.of(HALT))
                .thenStopped("a signal")
                .thenInDoubt();

        assertThat(end.reason())
                .isEqualTo("no new row; app a1: the answer was 401: check the token; 2,000 rows wait; a signal");
        assertThat(end.thenFailed("disk full").halts()).containsExactly(HALT);
    }

    private static RunEnd then(RunEnd end, String what) {
        return switch (what) {
            case "" -> end;
            case "doubt" -> end.thenInDoubt();
            case "stopped" -> end.thenStopped("stopped");
            case "halted" -> end.thenHalted(List.of(HALT));
            case "failed" -> end.thenFailed("failed");
            case "imbalanced" -> end.thenImbalanced("imbalanced");
            default -> throw new IllegalArgumentException(what);
        };
    }
}
