package io.adjustbatch.audit.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetTextTests {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"http://example\")"})
    void putsApostropheBeforeWhatASpreadsheetWouldCalculate(String text) {
        assertThat(SpreadsheetText.harmless(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "a=b", "Bad event state", "1.5", "'quoted", ""})
    void leavesOtherTextAlone(String text) {
        assertThat(SpreadsheetText.harmless(text)).isEqualTo(text);
    }

    @Test
    void showsNothingForNothing() {
        assertThat(SpreadsheetText.harmless(null)).isEmpty();
    }
}
