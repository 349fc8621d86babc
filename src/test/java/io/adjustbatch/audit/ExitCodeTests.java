package io.adjustbatch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExitCodeTests {

    /** As the README lists them. */
    private static final List<Integer> PRECEDENCE = List.of(2, 5, 7, 1, 4, 6, 3, 0);

    @Test
    void ofTwoTheOneThatComesFirstInTheReadmeWins() {
        for (ExitCode one : ExitCode.values()) {
            for (ExitCode other : ExitCode.values()) {
                int winner = PRECEDENCE.stream()
                        .filter(code -> code == one.code() || code == other.code())
                        .findFirst()
                        .orElseThrow();

                assertThat(one.or(other).code()).as("%s or %s", one, other).isEqualTo(winner);
            }
        }
    }

    @Test
    void areTheEightThatTheReadmeLists() {
        assertThat(Stream.of(ExitCode.values()).map(ExitCode::code)).containsExactlyInAnyOrderElementsOf(PRECEDENCE);
    }
}
