package io.adjustbatch.adjust;

/**
 * Values as a reason shows them. Long ones are only described: a column that was mapped wrongly may hold a device
 * identifier or a token, and the shortest of those, a MEID, has fourteen characters.
 */
final class Shown {

    private static final int LONGEST = 13;

    private Shown() {}

    static String value(String value) {
        int length = value.codePointCount(0, value.length());
        return length <= LONGEST ? "\"" + value + "\"" : "a text of " + length + " characters";
    }
}
