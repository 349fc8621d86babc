package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ColoursTests {

    private static final Map<String, String> XTERM = Map.of("TERM", "xterm-256color");

    @Test
    void areShownOnATerminalOnly() {
        assertThat(Colours.of(XTERM, true)).isEqualTo(Colours.SHOWN);
        assertThat(Colours.of(XTERM, false)).isEqualTo(Colours.NONE);
    }

    @Test
    void areNotShownWhereTheTerminalHasNoneOrItsUserWantsNone() {
        assertThat(Colours.of(Map.of(), true)).isEqualTo(Colours.NONE);
        assertThat(Colours.of(Map.of("TERM", "dumb"), true)).isEqualTo(Colours.NONE);
        assertThat(Colours.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), true)).isEqualTo(Colours.NONE);
        assertThat(Colours.of(Map.of("TERM", "xterm", "NO_COLOR", ""), true)).isEqualTo(Colours.SHOWN);
    }
}
