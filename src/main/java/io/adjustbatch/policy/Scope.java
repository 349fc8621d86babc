package io.adjustbatch.policy;

import io.adjustbatch.adjust.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A part of a run's rows, by what they are addressed to; null where it makes no difference.
 *
 * @param platform {@code os_name}; empty for rows that name none
 */
public record Scope(
        @Nullable Endpoint endpoint,
        @Nullable String appToken,
        @Nullable String eventToken,
        @Nullable String platform) {

    /** All rows. */
    static final Scope RUN = new Scope(null, null, null, null);

    static Scope eventToken(Target target) {
        return new Scope(target.endpoint(), target.appToken(), target.eventToken(), null);
    }

    static Scope app(Target target) {
        return new Scope(null, target.appToken(), null, null);
    }

    static Scope appPlatform(Target target) {
        return new Scope(null, target.appToken(), null, Objects.requireNonNullElse(target.platform(), ""));
    }

    static Scope appEndpoint(Target target) {
        return new Scope(target.endpoint(), target.appToken(), null, null);
    }

    static Scope endpoint(Endpoint endpoint) {
        return new Scope(endpoint, null, null, null);
    }

    /** Whether a row addressed so belongs to it. */
    boolean covers(Target target) {
        return (endpoint == null || endpoint == target.endpoint())
                && (appToken == null || appToken.equals(target.appToken()))
                && (eventToken == null || eventToken.equals(target.eventToken()))
                && (platform == null || platform.equals(Objects.requireNonNullElse(target.platform(), "")));
    }

    /**
     * Whether words, as {@link #words()} made them, name a scope that a row addressed so may belong to. The target's platform
     * is not looked at, for the ledger does not know it: of an app, any platform may be the row's.
     */
    public static boolean mayReach(String words, Target target) {
        String app = app(target).words();
        return words.startsWith(app + " on ")
                || Stream.of(RUN, app(target), appEndpoint(target), endpoint(target.endpoint()), eventToken(target))
                        .anyMatch(scope -> scope.words().equals(words));
    }

    /** Such as {@code app 4w565xzmb54d at /event}. */
    public String words() {
        List<String> words = new ArrayList<>();
        if (appToken != null) {
            words.add("app " + appToken);
        }
        if (endpoint != null && eventToken == null) {
            words.add((appToken == null ? "endpoint " : "at ") + endpoint.path());
        }
        if (platform != null) {
            words.add(platform.isEmpty() ? "on rows without os_name" : "on " + platform);
        }
        String scope = words.isEmpty() ? "the run" : String.join(" ", words);
        return eventToken == null ? scope : scope + ", event token " + eventToken;
    }
}
