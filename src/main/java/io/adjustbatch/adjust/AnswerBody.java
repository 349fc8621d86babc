package io.adjustbatch.adjust;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The few things that matter in an answer's body.
 *
 * @param form what it is
 * @param hasError whether it is an object with the key {@code error}, whatever that holds
 * @param error the text of {@code error}; null if there is none
 * @param message the text of {@code message}; null if there is none
 * @param status the text of {@code status}; null if there is none
 */
record AnswerBody(
        Form form,
        boolean hasError,
        @Nullable String error,
        @Nullable String message,
        @Nullable String status) {

    private static final JsonFactory JSON = new JsonFactory();

    enum Form {
        EMPTY,
        /** The two letters, without JSON. */
        OK,
        /** One whole JSON object. */
        OBJECT,
        /** HTML, an array, a broken or truncated object, anything. */
        OTHER
    }

    static AnswerBody of(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return plain(Form.EMPTY);
        }
        if (text.equalsIgnoreCase("OK")) {
            return plain(Form.OK);
        }
        return text.startsWith("{") ? object(text) : plain(Form.OTHER);
    }

    /** Whether this is the form in which Adjust, and few others, report an error: an object whose error is a text. */
    boolean isEnvelope() {
        return error != null;
    }

    /** Adjust's message; null if there is none that we know. {@code error} is read before {@code message}. */
    @Nullable
    RecognizedMessage recognized() {
        RecognizedMessage inError = RecognizedMessage.in(error);
        return inError != null ? inError : RecognizedMessage.in(message);
    }

    private static AnswerBody plain(Form form) {
        return new AnswerBody(form, false, null, null, null);
    }

    private static AnswerBody object(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            return read(parser);
        } catch (JacksonException e) {
            return plain(Form.OTHER);
        }
    }

    private static AnswerBody read(JsonParser parser) {
        boolean hasError = false;
        String error = null;
        String message = null;
        String status = null;
        parser.nextToken();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            String text = value == JsonToken.VALUE_STRING ? parser.getString() : null;
            switch (name) {
                case "error" -> {
                    hasError = true;
                    error = text;
                }
                case "message" -> message = text;
                case "status" -> status = value.isScalarValue() ? parser.getString() : name;
                default -> {
                    // Adjust may add fields at any time.
                }
            }
            parser.skipChildren();
        }
        boolean whole = parser.nextToken() == null;
        return whole ? new AnswerBody(Form.OBJECT, hasError, error, message, status) : plain(Form.OTHER);
    }
}
