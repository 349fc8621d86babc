package io.adjustbatch.adjust;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * How to reach Adjust: {@code adjust.base-url}, {@code .timeout}, {@code .max-in-flight} and the tokens.
 *
 * @param baseUrl root of the API, {@code http} or {@code https}, with or without a path; default
 *     {@link #PRODUCTION}
 * @param tokens who we are
 * @param timeout longest wait for one whole answer, from the moment the request leaves to the answer's last byte, and
 *     longest wait for a connection before; 250 ms to 10 minutes, default 30 s
 * @param maxInFlight most exchanges, and so connections, at the same time; 1 to 10,000, default 64
 */
public record ClientSettings(URI baseUrl, Tokens tokens, Duration timeout, int maxInFlight) {

    /** Adjust's host for apps without data residency. */
    public static final URI PRODUCTION = URI.create("https://s2s.adjust.com");

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    public static final int DEFAULT_MAX_IN_FLIGHT = 64;

    /** Longest wait for a connection, TLS included. No setting: nobody needs another. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_IN_FLIGHT = 10_000;

    /** @throws IllegalArgumentException if a setting is impossible; the message starts with its key */
    public ClientSettings {
        require(
                isRoot(baseUrl),
                "adjust.base-url must be an http or https URL without user, query and fragment, but is "
                        + "not; Adjust's own is " + PRODUCTION);
        require(timeout.compareTo(SHORTEST) >= 0, "adjust.timeout must be at least 250ms, but is " + shown(timeout));
        require(timeout.compareTo(LONGEST) <= 0, "adjust.timeout must be at most 10m, but is " + shown(timeout));
        require(maxInFlight >= 1, "adjust.max-in-flight must be at least 1, but is " + maxInFlight);
        require(
                maxInFlight <= MOST_IN_FLIGHT,
                "adjust.max-in-flight must be at most " + MOST_IN_FLIGHT + ", but is " + maxInFlight);
    }

    private static boolean isRoot(URI url) {
        return url.getHost() != null
                && ("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private static String shown(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + "s"
                : String.format(Locale.ROOT, "%dms", duration.toMillis());
    }
}
