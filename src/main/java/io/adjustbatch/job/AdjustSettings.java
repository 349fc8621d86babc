package io.adjustbatch.job;

import io.adjustbatch.adjust.ClientSettings;
import io.adjustbatch.adjust.Tokens;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * How to reach Adjust and how hard to work: {@code adjust.*} in {@code config/application.yml}.
 *
 * @param baseUrl root of the API; {@code http} or {@code https}, default Adjust's production host
 * @param token the S2S token for every app without its own; null if unset or blank
 * @param tokenFile a file whose first line is that token; null if unset or blank. Not together with {@code token}
 * @param apps settings of single apps by their app token
 * @param maxInFlight most requests on the wire at the same time; 1 to 10,000, default 64
 * @param partitions parts that the rows of a kind are sent in side by side; 1 to 64, default 2
 * @param ratePerSecond most requests a second over all kinds; 1 to 100,000; null for any number
 * @param patience how long nothing may get through before the run ends with the rest pending; 1 s to 1 d, default 15 min
 * @param timeout longest wait for one answer; 250 ms to 10 min, default 30 s
 * @param ordering whether the purchases and sessions of a device wait for one another, default strict
 * @param late what becomes of a row that arrives after a later one of its lane was sent, default send
 * @param maxHold how long a row in doubt holds the later ones of its lane; at least 1 h, default 14 d
 * @param referenceParameter name of the callback parameter that carries {@code kind:row_id}; null if unset or blank
 */
@ConfigurationProperties(prefix = "adjust")
public record AdjustSettings(
        @DefaultValue("https://s2s.adjust.com") URI baseUrl,
        @Nullable String token,
        @Nullable Path tokenFile,
        @DefaultValue Map<String, App> apps,
        @DefaultValue("64") int maxInFlight,
        @DefaultValue("2") int partitions,
        @Nullable Integer ratePerSecond,
        @DefaultValue("15m") Duration patience,
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("strict") Ordering ordering,
        @Name("ordering.late") @DefaultValue("send") Late late,
        @Name("ordering.max-hold") @DefaultValue("14d") Duration maxHold,
        @Nullable String referenceParameter) {

    /** Whether rows of a lane leave in time order, one at a time. */
    public enum Ordering {
        STRICT,
        OFF
    }

    /** What becomes of a row that arrives after a later one of its lane was sent. */
    public enum Late {
        /** It is sent, marked and counted. */
        SEND,
        /** It is refused. */
        REJECT
    }

    private static final int MOST_PARTITIONS = 64;
    private static final int HIGHEST_RATE = 100_000;

    /**
     * @throws IllegalArgumentException if a setting is impossible, or the token file cannot be read; the message starts
     *     with its key
     */
    public AdjustSettings {
        token = presence(token);
        tokenFile = tokenFile == null || tokenFile.toString().isBlank() ? null : tokenFile;
        referenceParameter = presence(referenceParameter);
        apps = Map.copyOf(apps);
        if (token != null && tokenFile != null) {
            throw new IllegalArgumentException(
                    "adjust.token and adjust.token-file exclude each other: set one of them");
        }
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException(
                    "adjust.partitions must be from 1 to " + MOST_PARTITIONS + ", but is " + partitions);
        }
        if (ratePerSecond != null && (ratePerSecond < 1 || ratePerSecond > HIGHEST_RATE)) {
            throw new IllegalArgumentException(
                    "adjust.rate-per-second must be from 1 to 100,000, but is " + ratePerSecond);
        }
        if (patience.compareTo(Duration.ofSeconds(1)) < 0 || patience.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("adjust.patience must be from 1s to 1d");
        }
        if (maxHold.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("adjust.ordering.max-hold must be at least 1h");
        }
        client(baseUrl, token, tokenFile, apps, timeout, maxInFlight);
    }

    /**
     * What differs for one app: {@code adjust.apps.<app_token>.*}.
     *
     * @param token its S2S token
     */
    public record App(@DefaultValue("") String token) {

        /** Shows no token. */
        @Override
        public String toString() {
            return "App[]";
        }
    }

    /**
     * How to reach Adjust. Reads the token file anew.
     *
     * @throws IllegalArgumentException if the token file can no longer be read
     */
    public ClientSettings client() {
        return client(baseUrl, token, tokenFile, apps, timeout, maxInFlight);
    }

    PaceSettings pace() {
        return new PaceSettings(maxInFlight, ratePerSecond, patience);
    }

    /** Whether a token is set, for all apps or for some. */
    public boolean hasToken() {
        return token != null || tokenFile != null || !apps.isEmpty();
    }

    private static ClientSettings client(
            URI baseUrl,
            @Nullable String token,
            @Nullable Path tokenFile,
            Map<String, App> apps,
            Duration timeout,
            int maxInFlight) {
        Map<String, String> tokensByApp = new TreeMap<>();
        apps.forEach((app, settings) -> tokensByApp.put(app, settings.token()));
        String common = tokenFile == null ? token : Tokens.readFile(tokenFile);
        return new ClientSettings(baseUrl, new Tokens(common, tokensByApp), timeout, maxInFlight);
    }

    private static @Nullable String presence(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "AdjustSettings[baseUrl=%s, maxInFlight=%d, partitions=%d, ratePerSecond=%s, patience=%s, timeout=%s]"
                .formatted(baseUrl, maxInFlight, partitions, ratePerSecond, patience, timeout);
    }
}
