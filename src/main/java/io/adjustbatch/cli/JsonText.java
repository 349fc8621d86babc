package io.adjustbatch.cli;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as commands print it: indented, with money as text so that no reader rounds it. Threads may share it. */
final class JsonText {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonText() {}

    /** A new object, for {@link #of}. */
    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The document with its line end. */
    static String of(JsonNode document) {
        return MAPPER.writeValueAsString(document) + System.lineSeparator();
    }

    /** A document that is text already. */
    static JsonNode parsed(String document) {
        return MAPPER.readTree(document);
    }

    /** Exact and without an exponent; null stays null. */
    static @Nullable String money(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }
}
