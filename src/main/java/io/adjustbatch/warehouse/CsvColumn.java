package io.adjustbatch.warehouse;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A column of a CSV file, and which cells its table takes.
 *
 * <p>Checks what PostgreSQL would, so that the message can name the line as the user sees it, and no more: whether
 * Adjust would take the value is found out row by row, when it is to be sent.
 */
record CsvColumn(String name, ColumnType type) {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,1000}(\\.\\d{1,1000})?");
    private static final Set<String> BOOLEANS = Set.of("0", "1", "false", "true", "f", "t");
    private static final JsonFactory JSON = new JsonFactory();

    /** ISO 8601, and the form of it that PostgreSQL prints: a blank for the T, and {@code +00} for the zone. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .parseLenient()
            .appendOffset("+HH:mm", "Z")
            .toFormatter(Locale.ROOT)
            // Otherwise the 30th of February would do
            .withResolverStyle(ResolverStyle.STRICT);

    /** The SQL that turns the cell, text or null, into what the column takes. */
    String fromText() {
        String value = switch (type) {
            case INTEGER -> name + "::bigint";
            case NUMERIC -> name + "::numeric";
            case INSTANT -> name + "::timestamptz";
            case BOOLEAN -> name + "::boolean";
            case ADDRESS -> name + "::inet";
            case JSON -> name + "::json";
            case JSONB -> name + "::jsonb";
            case TEXT, OTHER -> name;
        };
        return name.equals("loaded_at") ? "COALESCE(" + value + ", now())" : value;
    }

    /** What is wrong with a cell, in words for a person; null if nothing is. */
    @Nullable
    String fault(String cell) {
        if (cell.isEmpty()) {
            return name.equals("id") ? "is empty" : null;
        }
        String rule = brokenRule(cell);
        if (rule == null) {
            return null;
        }
        return quotable() ? "\"%s\" %s".formatted(shortened(cell), rule) : "the value " + rule;
    }

    private @Nullable String brokenRule(String cell) {
        return switch (type) {
            case INTEGER -> isInteger(cell) ? null : "is no whole number";
            case NUMERIC -> NUMBER.matcher(cell).matches() ? null : "is no plain number such as 9.99";
            case INSTANT -> isTime(cell) ? null : "is no time with its zone such as 2026-01-31T12:00:00Z";
            case BOOLEAN -> BOOLEANS.contains(cell) ? null : "is neither 1 nor 0, true nor false";
            case JSON, JSONB -> isJsonObject(cell) ? null : "is no JSON object such as {\"key\": \"value\"}";
            case TEXT, ADDRESS, OTHER -> cell.indexOf('\0') < 0 ? null : "has a NUL character in it";
        };
    }

    /** Text can be an identifier, and JSON can have one in it. */
    private boolean quotable() {
        return switch (type) {
            case INTEGER, NUMERIC, INSTANT, BOOLEAN -> !Columns.IDENTIFIERS.contains(name);
            case TEXT, ADDRESS, JSON, JSONB, OTHER -> false;
        };
    }

    private static String shortened(String cell) {
        return cell.length() <= 40 ? cell : cell.substring(0, 40) + "…";
    }

    private static boolean isInteger(String cell) {
        try {
            Long.parseLong(cell);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isTime(String cell) {
        try {
            TIME.parse(cell);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isJsonObject(String cell) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), cell)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
