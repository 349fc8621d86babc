package io.adjustbatch.audit.files;

import org.jspecify.annotations.Nullable;

/**
 * Text from elsewhere that a spreadsheet may open: a cell that begins like a formula gets an apostrophe in front, so that
 * it is shown and not calculated (OWASP, "CSV Injection"). Only for text: a negative amount is a number and stays one.
 */
final class SpreadsheetText {

    private static final String FORMULA_BEGINNINGS = "=+-@\t\r\n";

    private SpreadsheetText() {}

    /** The text, or an empty one for null. */
    static String harmless(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        return FORMULA_BEGINNINGS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
