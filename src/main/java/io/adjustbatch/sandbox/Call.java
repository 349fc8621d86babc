package io.adjustbatch.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to an endpoint, with what most rules ask about already read from its parameters.
 *
 * @param parameters decoded; of a name given twice the first value
 * @param authorization the header of that name
 * @param appToken null unless it is 12 letters and digits
 * @param environment {@code production} if the request says nothing
 * @param identifiers of the device, the preferred ones first; without empty ones and those of zeros only
 * @param occurredAt the time the request claims, or that of its arrival if it claims none; null if unreadable
 */
record Call(
        Endpoint endpoint,
        Map<String, String> parameters,
        @Nullable String authorization,
        Instant arrivedAt,
        @Nullable String appToken,
        String environment,
        List<Identifier> identifiers,
        @Nullable Instant occurredAt) {

    private static final Pattern APP_TOKEN = Pattern.compile("[A-Za-z0-9]{12}");

    static Call of(
            Endpoint endpoint, Map<String, String> parameters, @Nullable String authorization, Instant arrivedAt) {
        String appToken = parameters.getOrDefault("app_token", "");
        return new Call(
                endpoint,
                parameters,
                authorization,
                arrivedAt,
                APP_TOKEN.matcher(appToken).matches() ? appToken : null,
                parameters.getOrDefault("environment", "production"),
                Identifier.in(parameters),
                Timestamps.read(parameters, arrivedAt));
    }

    /** The parameter's value, or an empty text. */
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    boolean has(String parameter) {
        return parameters.containsKey(parameter);
    }

    String eventToken() {
        return parameter("event_token");
    }

    /** The revenue as it was sent; empty if none was. */
    String revenue() {
        return endpoint == Endpoint.AD_REVENUE && !has("revenue") ? parameter("amount") : parameter("revenue");
    }

    /** The first identifier. Only for a call that passed the rule that there is one. */
    Identifier device() {
        return identifiers.get(0);
    }

    /** What the sandbox remembers the device by. */
    long deviceKey(Identifier identifier) {
        return Keys.of(parameter("app_token"), environment, identifier.name(), identifier.value());
    }

    /** What the sandbox remembers the device's events of this token by. */
    long laneKey() {
        return Keys.mix(deviceKey(device()) + Keys.of(eventToken()));
    }
}
