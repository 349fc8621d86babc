package io.adjustbatch.adjust;

import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.net.PercentCodec;

/**
 * A form body in the making: UTF-8, percent-encoded once, all but RFC 3986's unreserved characters; a blank is
 * {@code %20}. Parameters stand in the order in which they were added. Not for more than one thread.
 */
final class Form {

    private final StringBuilder body = new StringBuilder(512);

    /** Adds a parameter; one without a value is left out, because Adjust's guide wants no empty ones. */
    void add(String name, String value) {
        if (value.isBlank()) {
            return;
        }
        if (!body.isEmpty()) {
            body.append('&');
        }
        encode(name);
        body.append('=');
        encode(value);
    }

    /** The encoded form, ASCII: its length in characters is its size in bytes. */
    String body() {
        return body.toString();
    }

    private void encode(String text) {
        if (isUnreserved(text)) {
            body.append(text);
        } else {
            PercentCodec.encode(body, text, StandardCharsets.UTF_8);
        }
    }

    // Most values are tokens, identifiers and numbers: copying those is ten times faster than encoding them.
    private static boolean isUnreserved(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Characters.isLetterOrDigit(c) && c != '-' && c != '_' && c != '.' && c != '~') {
                return false;
            }
        }
        return true;
    }
}
