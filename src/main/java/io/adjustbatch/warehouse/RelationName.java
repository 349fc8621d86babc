package io.adjustbatch.warehouse;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A relation's name as PostgreSQL reads it: {@code name} or {@code schema.name}, each part folded to lower case unless
 * it stands in double quotes.
 *
 * @param schema null if the search path decides
 */
record RelationName(@Nullable String schema, String name) {

    private static final String PART = "([A-Za-z_][A-Za-z0-9_$]*|\"(?:[^\"]|\"\")+\")";
    private static final Pattern NAME = Pattern.compile("(?:" + PART + "\\.)?" + PART);

    /** @throws IllegalArgumentException if the text is no name; the message quotes it and says what is */
    static RelationName of(String text) {
        Matcher matcher = NAME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not the name of a table or view: write name or"
                            + " schema.name, with double quotes around a part that has capitals, dots, blanks or other characters");
        }
        String schema = matcher.group(1);
        return new RelationName(schema == null ? null : folded(schema), folded(matcher.group(2)));
    }

    private static String folded(String part) {
        return part.startsWith("\"")
                ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
                : part.toLowerCase(Locale.ROOT);
    }
}
