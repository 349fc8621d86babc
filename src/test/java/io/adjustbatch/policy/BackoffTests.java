package io.adjustbatch.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTests {

    private static final Duration MAXIMUM = Duration.ofSeconds(30);

    @ParameterizedTest(name = "after {0} tries: {1}")
    @CsvSource(textBlock = """
            0         , PT1S
            1         , PT1S
            2         , PT2S
            3         , PT4S
            5         , PT16S
            6         , PT30S
            7         , PT30S
            2147483647, PT30S
            """)
    void doublesUpToTheMaximum(int tries, Duration wait) {
        assertThat(new Backoff(Duration.ofSeconds(1), 2, MAXIMUM, 0).after(tries, chance(0.9)))
                .isEqualTo(wait);
    }

    @ParameterizedTest(name = "chance {0}: {1}")
    @CsvSource(textBlock = """
            0  , PT24S
            0.5, PT30S
            1  , PT36S
            """)
    void movesTheWaitByTheJitterAtMost(double chance, Duration wait) {
        assertThat(new Backoff(Duration.ofSeconds(1), 2, MAXIMUM, 0.2).after(9, chance(chance)))
                .isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "9"})
    void neverWaitsLessThanAMillisecond(int tries) {
        assertThat(new Backoff(Duration.ofMillis(1), 1, MAXIMUM, 1).after(tries, chance(0)))
                .isEqualTo(Duration.ofMillis(1));
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(textBlock = """
            PT0S    , 2  , PT30S, 0   , initial
            PT-1S   , 2  , PT30S, 0   , initial
            PT1S    , 0.9, PT30S, 0   , multiplier
            PT1S    , NaN, PT30S, 0   , multiplier
            PT1S    , 2  , PT0.9S, 0  , maximum
            PT1S    , 2  , PT30S, -0.1, jitter
            PT1S    , 2  , PT30S, 1.1 , jitter
            """)
    void refusesImpossibleSettings(Duration initial, double multiplier, Duration maximum, double jitter, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(initial, multiplier, maximum, jitter))
                .withMessageStartingWith(named);
    }

    private static RandomGenerator chance(double chance) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return chance;
            }
        };
    }
}
