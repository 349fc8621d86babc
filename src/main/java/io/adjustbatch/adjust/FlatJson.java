package io.adjustbatch.adjust;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object as flat pairs of text, the only form Adjust takes in {@code callback_params} and
 * {@code partner_params} (dev.adjust.com, "S2S events"). What is nested gets the names {@code a.b} and {@code a[0]};
 * numbers and booleans keep their source text, so that 1.10 stays 1.10; nulls, empty objects and empty arrays are left
 * out. Two values that would get the same name are a fault: neither may be lost. Not for more than one thread.
 */
final class FlatJson {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNumberLength(1_000_000).build())
            .build();

    private final Map<String, String> entries = new LinkedHashMap<>();
    private @Nullable String firstNested;
    private @Nullable String fault;

    private FlatJson() {}

    /** Reads a text. The JSON value {@code null} says nothing and counts as an object without entries. */
    static FlatJson of(String text) {
        FlatJson flat = new FlatJson();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            flat.readWhole(parser);
        } catch (JacksonException e) {
            // Jackson's own message quotes the text, which may hold a device identifier.
            flat.fault = "is not well-formed JSON"
                    + (e.getLocation() == null
                            ? ""
                            : " (see column " + e.getLocation().getColumnNr() + ")");
        }
        return flat;
    }

    /** The pairs, in the order of the text; may be added to. */
    Map<String, String> entries() {
        return entries;
    }

    /** The name of the first value that is an object or an array; null if the object is flat already. */
    @Nullable
    String firstNested() {
        return firstNested;
    }

    /** What is wrong with the text, as the end of a sentence; null if nothing is. */
    @Nullable
    String fault() {
        return fault;
    }

    /** A flat JSON object of strings. */
    static String write(Map<String, String> entries) {
        JsonStringEncoder encoder = JsonStringEncoder.getInstance();
        StringBuilder json = new StringBuilder(64);
        char separator = '{';
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            json.append(separator).append('"');
            encoder.quoteAsString(entry.getKey(), json);
            json.append("\":\"");
            encoder.quoteAsString(entry.getValue(), json);
            json.append('"');
            separator = ',';
        }
        return json.append('}').toString();
    }

    private void readWhole(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.START_OBJECT) {
            readObject(parser, "");
        } else if (first != JsonToken.VALUE_NULL) {
            fault = "must be a JSON object";
            return;
        }
        if (parser.nextToken() != null) {
            fault = "must be one JSON object with nothing after it";
        }
    }

    private void readObject(JsonParser parser, String prefix) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            readValue(parser, prefix + name);
        }
    }

    private void readArray(JsonParser parser, String path) {
        for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
            readValue(parser, path + "[" + index + "]");
        }
    }

    private void readValue(JsonParser parser, String path) {
        JsonToken token = parser.currentToken();
        if (token.isScalarValue()) {
            if (token != JsonToken.VALUE_NULL) {
                put(path, parser.getString());
            }
            return;
        }
        if (firstNested == null) {
            firstNested = path;
        }
        if (token == JsonToken.START_OBJECT) {
            readObject(parser, path + ".");
        } else {
            readArray(parser, path);
        }
    }

    private void put(String path, String value) {
        if (entries.putIfAbsent(path, value) != null && fault == null) {
            fault = "has two values for the key " + Shown.value(path);
        }
    }
}
