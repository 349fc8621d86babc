package io.adjustbatch.cli;

/** Text from elsewhere as a terminal may show it: control characters, which could move the cursor, are U+FFFD. */
final class Printable {

    private Printable() {}

    /** For one line. */
    static String of(String text) {
        return text.replaceAll("\\p{Cc}", "\uFFFD");
    }

    /** For several: their ends stay. */
    static String lines(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\r\n]]", "\uFFFD");
    }
}
