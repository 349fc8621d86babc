package io.adjustbatch.sandbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The time a request claims: {@code created_at_unix} in seconds, or {@code created_at} as in
 * {@code 2017-01-02T15:04:05.000+0000} and {@code 2017-01-02T15:04:05Z+0200}. In the second, the {@code Z} means
 * nothing: the offset counts.
 */
final class Timestamps {

    private static final Pattern UNIX = Pattern.compile("\\d{1,10}|\\d{13}");
    private static final int MILLISECOND_DIGITS = 13;
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss[.SSS]['Z']xx", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Timestamps() {}

    /** The claimed time, {@code created_at_unix} before {@code created_at}; else the arrival's. Null if unreadable. */
    static @Nullable Instant read(Map<String, String> parameters, Instant arrivedAt) {
        String unix = parameters.get("created_at_unix");
        if (unix != null) {
            return fromUnix(unix);
        }
        String text = parameters.get("created_at");
        return text == null ? arrivedAt : fromText(text);
    }

    /** Whether these are milliseconds, which one of Adjust's examples has where its text says seconds. */
    static boolean inMilliseconds(String unix) {
        return unix.length() == MILLISECOND_DIGITS;
    }

    private static @Nullable Instant fromUnix(String unix) {
        if (!UNIX.matcher(unix).matches()) {
            return null;
        }
        long number = Long.parseLong(unix);
        return inMilliseconds(unix) ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
    }

    private static @Nullable Instant fromText(String text) {
        try {
            return OffsetDateTime.parse(text, TEXT).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
