package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTests {

    @Test
    void setsWordsToTheLeftAndNumbersToTheRight() {
        TextTable table = new TextTable().add("state", "rows", "money").add("sent", "1,234", "-5.50");

        assertThat(table).hasToString("""
                state   rows  money
                sent   1,234  -5.50
                """);
    }

    @Test
    void countsTheColumnsOfATerminalAndNotCharacters() {
        TextTable table = new TextTable().add("東京", "x").add("abc", "y");

        assertThat(table).hasToString("""
                東京  x
                abc   y
                """);
    }

    @Test
    void keepsItsColumnsWhenItIsColoured() {
        TextTable table = new TextTable()
                .add("ok", "x")
                .paint(0, Tone.GOOD)
                .add("broken", "y")
                .paint(0, Tone.BAD);

        String painted = table.in(Colours.SHOWN);

        assertThat(painted).contains("\u001B[32mok\u001B[0m      x", "mbroken\u001B[0m  y");
        assertThat(painted.replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(table.toString());
    }

    @Test
    void letsNoCellMoveTheCursor() {
        TextTable table = new TextTable().add("app\u001B[2J\u009B1A\nline", "x");

        assertThat(table.toString().strip()).doesNotContainPattern("\\p{Cc}").startsWith("app\uFFFD[2J");
    }
}
