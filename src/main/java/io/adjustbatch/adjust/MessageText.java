package io.adjustbatch.adjust;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Adjust's wrapping of its messages: {@code Event request failed (<message>) (app_token: …, adid: …)}. Works on lower
 * case.
 */
final class MessageText {

    private static final List<String> PREFIXES = List.of(
            "event request failed",
            "ad revenue request failed",
            "session failed",
            "session request check interval failed");

    private static final List<String> SUFFIXES = List.of("(app_token", "(adid");

    private MessageText() {}

    /** The message alone, or the text itself if nothing is around it. */
    static String bare(String text) {
        String bare = withoutSuffixes(text.strip());
        for (String inner = unwrapped(bare); !inner.equals(bare); inner = unwrapped(bare)) {
            bare = inner;
        }
        return withoutFullStop(bare);
    }

    private static String unwrapped(String text) {
        for (String prefix : PREFIXES) {
            if (text.startsWith(prefix)) {
                return withoutSuffixes(
                        insideParentheses(text.substring(prefix.length()).strip(), text));
            }
        }
        return text;
    }

    /** Whether the text is the bare "Session failed" by which Adjust says that a token lacks the endpoint's scope. */
    static boolean isSessionFailed(@Nullable String text) {
        return text != null && bare(text.toLowerCase(Locale.ROOT)).equals("session failed");
    }

    private static String insideParentheses(String rest, String otherwise) {
        return rest.length() > 2 && rest.startsWith("(") && rest.endsWith(")")
                ? rest.substring(1, rest.length() - 1).strip()
                : otherwise;
    }

    private static String withoutSuffixes(String text) {
        String bare = text;
        for (String suffix : SUFFIXES) {
            int start = bare.lastIndexOf(suffix);
            if (start > 0 && bare.endsWith(")")) {
                // The message's own closing parenthesis may follow the suffix's.
                boolean wrapped = bare.endsWith("))");
                bare = bare.substring(0, start).strip() + (wrapped ? ")" : "");
            }
        }
        return bare;
    }

    private static String withoutFullStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
