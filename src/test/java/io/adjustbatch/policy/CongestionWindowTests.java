package io.adjustbatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.adjust.FaultScope;
import io.adjustbatch.adjust.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CongestionWindowTests {

    private static final Duration QUICK = Duration.ofMillis(50);

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 64, 1_000})
    void opensByDoublingUpToItsMaximum(int maximum) {
        CongestionWindow window = new CongestionWindow(maximum);
        assertThat(window.size()).isEqualTo(Math.min(16, maximum));

        note(window, ErrorClass.DELIVERED, 200, QUICK, 1_000);

        assertThat(window.size()).isEqualTo(maximum);
    }

    @ParameterizedTest
    @CsvSource({"THROTTLED, 429", "UNAVAILABLE, 503", "UNAVAILABLE,", "AMBIGUOUS,"})
    void halvesOnceForAllThatWasOnTheWireTogether(ErrorClass errorClass, @Nullable Integer status) {
        CongestionWindow window = open(64);

        note(window, errorClass, status, QUICK, 32);
        int afterOneWindow = window.size();
        note(window, errorClass, status, QUICK, 10_000);

        assertThat(afterOneWindow).isEqualTo(32);
        assertThat(window.size()).isEqualTo(4);
    }

    @Test
    void growsByOneAWindowAfterACongestion() {
        CongestionWindow window = open(64);
        note(window, ErrorClass.THROTTLED, 429, QUICK, 1);

        note(window, ErrorClass.DELIVERED, 200, QUICK, 33);
        int afterAWindow = window.size();
        note(window, ErrorClass.DELIVERED, 200, QUICK, 3_000);

        assertThat(afterAWindow).isEqualTo(33);
        assertThat(window.size()).isEqualTo(64);
    }

    @Test
    void shrinksWhenAnswersTakeFarLongerThanUsual() {
        CongestionWindow window = open(64);

        note(window, ErrorClass.DELIVERED, 200, Duration.ofMillis(900), 300);

        assertThat(window.size()).isLessThan(32);
    }

    @Test
    void doesNotMindSingleSlowAnswers() {
        CongestionWindow window = open(1_000);

        for (int i = 0; i < 20_000; i++) {
            note(window, ErrorClass.DELIVERED, 200, i % 100 == 0 ? Duration.ofSeconds(2) : QUICK, 1);
        }

        assertThat(window.size()).isEqualTo(1_000);
    }

    @Test
    void doesNotMindWhatOurOwnMachineDelays() {
        CongestionWindow window = open(64);

        note(window, ErrorClass.DELIVERED, 200, Duration.ofMillis(1), 5_000);
        note(window, ErrorClass.DELIVERED, 200, Duration.ofMillis(200), 1_000);

        assertThat(window.size()).isEqualTo(64);
    }

    @Test
    void learnsNothingFromRefusals() {
        CongestionWindow window = open(64);

        note(window, ErrorClass.ROW_FAULT, 400, QUICK, 1_000);

        assertThat(window.size()).isEqualTo(64);
    }

    private static CongestionWindow open(int maximum) {
        CongestionWindow window = new CongestionWindow(maximum);
        note(window, ErrorClass.DELIVERED, 200, QUICK, 5_000);
        return window;
    }

    private static void note(
            CongestionWindow window, ErrorClass errorClass, @Nullable Integer status, Duration latency, int times) {
        for (int i = 0; i < times; i++) {
            window.note(new Outcome(errorClass, FaultScope.ROW, status, null, null), latency);
        }
    }
}
