package io.adjustbatch.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTests {

    private static final Fault SLOW = Fault.Delay.of(Duration.ofSeconds(2));
    private static final Fault QUICK = Fault.Delay.of(Duration.ofMillis(50));

    private final Faults faults = new Faults();

    @Test
    void strikesNobodyAtFirst() {
        assertThat(faults.draw()).isNull();
    }

    @Test
    void sameSeedStrikesTheSameRequests() {
        List<Boolean> first = drawn(7);
        List<Boolean> again = drawn(7);
        List<Boolean> other = drawn(8);

        assertThat(first).contains(true, false).isEqualTo(again).isNotEqualTo(other);
    }

    @Test
    void strikesTheShareItIsGiven() {
        faults.share(1, SLOW);
        faults.share(100, QUICK);

        int slow = 0;
        for (int i = 0; i < 100_000; i++) {
            Faults.Strike strike = Objects.requireNonNull(faults.draw());
            slow += strike.fault() == SLOW ? 1 : 0;
        }

        assertThat(slow).isCloseTo(1_000, within(150));
    }

    @Test
    void drawsDelaysEvenlyFromTheirRange() {
        Fault.Delay range = new Fault.Delay(Duration.ofMillis(100), Duration.ofMillis(300));

        assertThat(range.at(0)).isEqualTo(Duration.ofMillis(100));
        assertThat(range.at(0.5)).isEqualTo(Duration.ofMillis(200));
        assertThat(range.at(0.999)).isLessThan(Duration.ofMillis(300));
    }

    @Test
    void delaysOfRareRequestsSpreadOverTheWholeRange() {
        faults.share(1, SLOW);

        List<Double> chances = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            Faults.Strike strike = faults.draw();
            if (strike != null) {
                chances.add(strike.chance());
            }
        }

        assertThat(chances).anyMatch(chance -> chance < 0.1).anyMatch(chance -> chance > 0.9);
    }

    @Test
    void clearEndsAllFaults() {
        faults.share(100, SLOW);

        faults.clear();

        assertThat(faults.draw()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "100.1, 1", "NaN, 1", "50, 0"})
    void refusesImpossibleShares(double percent, long times) {
        assertThatIllegalArgumentException().isThrownBy(() -> faults.add(SLOW, percent, times));
    }

    private List<Boolean> drawn(long seed) {
        faults.reseed(seed);
        faults.share(30, SLOW);
        List<Boolean> strikes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            strikes.add(faults.draw() != null);
        }
        return strikes;
    }
}
