package io.adjustbatch.sandbox;

import static io.adjustbatch.sandbox.Fault.Moment.AFTER_COUNTING;
import static io.adjustbatch.sandbox.Fault.Moment.BEFORE_COUNTING;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Data that makes the sandbox refuse, stumble or keep silent: give a row the value, and it gets the answer.
 *
 * <p>An app token or event token must be the {@link #value()} exactly. A device follows the script if its identifier
 * (the first that the request carries, in the order of Adjust's list) ends in the value, for example {@code gps_adid}
 * {@code 5a0e4a3c-91d1-4f6e-8b0d-000000000404}.
 *
 * <p>What depends on the whole request needs no script: an old or out-of-order time, broken callback parameters, a
 * bad revenue, a second session within the interval, a missing token.
 */
@SuppressWarnings("ImmutableEnumChecker") // refusals and faults are records of immutable values
public enum Script {

    /** 404, every request of the app. */
    APP_NOT_FOUND(Place.APP_TOKEN, "unknownapp00", new Refusal(404, "App token not found")),

    /** 403, every request of the app. */
    APP_INACTIVE(Place.APP_TOKEN, "inactive0000", new Refusal(403, "App is inactive")),

    /** 403, every request of the app: measurement is not switched on for the platform. */
    TRACKING_DISABLED(Place.APP_TOKEN, "notracking00", new Refusal(403, "Tracking disabled")),

    /** 202 or 401, as {@link SandboxSettings#authFailure()} says: the app has another S2S token than the sender's. */
    WRONG_TOKEN(Place.APP_TOKEN, "wrongtoken00", Refusal.UNAUTHORIZED),

    /** 401: the app's S2S token lacks the scope for the endpoint. */
    MISSING_SCOPE(Place.APP_TOKEN, "noscope00000", new Refusal(401, "Session failed")),

    /** 400, every event of the token: Adjust does not know it, or it belongs to another app. */
    EVENT_TOKEN_UNKNOWN(Place.EVENT_TOKEN, "unknwn", Refusal.INVALID_EVENT_TOKEN),

    /** 403, every event of the token. */
    EVENT_TOKEN_BLOCKLISTED(Place.EVENT_TOKEN, "blockd", new Refusal(403, "Event token blocklisted")),

    /** 400 for all but a device's first event of the token: it is set to "unique" in Adjust's dashboard. */
    EVENT_UNIQUE(Place.EVENT_TOKEN, "unique", Refusal.NOT_UNIQUE),

    /** 404 for events and ad revenue; sessions are taken, and do not make the device known. */
    DEVICE_NOT_FOUND(Place.DEVICE, "000000000404", Refusal.DEVICE_NOT_FOUND),

    /** 451, every request of the device. */
    DEVICE_OPTED_OUT(Place.DEVICE, "000000000451", new Refusal(451, "Device is opted out")),

    /** 400, every event of the device, as if each came before its install. */
    BAD_EVENT_STATE(Place.DEVICE, "000000000400", Refusal.BAD_EVENT_STATE),

    /** 429 with {@code Retry-After: 1} for the device's first request to an endpoint; then all is well. */
    THROTTLED(Place.DEVICE, "000000000429", reply(429, "", Duration.ofSeconds(1)), 1),

    /** 503 for the device's first two requests to an endpoint; then all is well. */
    UNAVAILABLE(Place.DEVICE, "000000000503", reply(503, html("503 Service Unavailable"), null), 2),

    /** 500 in Adjust's envelope, every request of the device; nothing is counted. */
    INTERNAL_ERROR(Place.DEVICE, "000000000500", new Refusal(500, "Internal error, contact support@adjust.com")),

    /** 408, every request of the device; nothing is counted. */
    REQUEST_TIMEOUT(Place.DEVICE, "000000000408", reply(408, "", null), Long.MAX_VALUE),

    /** 502, every request of the device; nothing is counted. */
    BAD_GATEWAY(Place.DEVICE, "000000000502", reply(502, html("502 Bad Gateway"), null), Long.MAX_VALUE),

    /** 504, every request of the device, <em>though the request is counted</em>: the doubt is real. */
    GATEWAY_TIMEOUT(
            Place.DEVICE,
            "000000000504",
            new Fault.Reply(504, html("504 Gateway Time-out"), null, AFTER_COUNTING),
            Long.MAX_VALUE),

    /** No answer at all for ten minutes, though the request is counted. */
    NO_ANSWER(Place.DEVICE, "000000000999", new Fault.Stall(AFTER_COUNTING), Long.MAX_VALUE),

    /** The connection is reset instead of an answer; nothing is counted. */
    CONNECTION_RESET(Place.DEVICE, "000000000998", new Fault.Reset(BEFORE_COUNTING), Long.MAX_VALUE);

    /** Which value of a request a script looks at. */
    public enum Place {
        APP_TOKEN,
        EVENT_TOKEN,
        DEVICE
    }

    private static final int ENDING = 12;
    private static final Map<String, Script> BY_VALUE =
            Arrays.stream(values()).collect(Collectors.toMap(Script::value, Function.identity()));

    private final Place place;
    private final String value;
    private final @Nullable Refusal refusal;
    private final @Nullable Fault fault;
    private final long times;

    Script(Place place, String value, Refusal refusal) {
        this.place = place;
        this.value = value;
        this.refusal = refusal;
        this.fault = null;
        this.times = Long.MAX_VALUE;
    }

    Script(Place place, String value, Fault fault, long times) {
        this.place = place;
        this.value = value;
        this.refusal = null;
        this.fault = fault;
        this.times = times;
    }

    public Place place() {
        return place;
    }

    /** The token, or the last 12 characters of a device identifier. */
    public String value() {
        return value;
    }

    /** What the app token's script is; null if it has none. */
    static @Nullable Script ofApp(String appToken) {
        return find(Place.APP_TOKEN, appToken);
    }

    static @Nullable Script ofEvent(String eventToken) {
        return find(Place.EVENT_TOKEN, eventToken);
    }

    static @Nullable Script ofDevice(String identifier) {
        return identifier.length() < ENDING
                ? null
                : find(Place.DEVICE, identifier.substring(identifier.length() - ENDING));
    }

    Refusal refusal() {
        return Objects.requireNonNull(refusal, "this script is no refusal");
    }

    /** Null for a script that refuses. */
    @Nullable
    Fault fault() {
        return fault;
    }

    /** How many requests of a device to one endpoint get the fault before all is well. */
    long times() {
        return times;
    }

    private static @Nullable Script find(Place place, String value) {
        Script script = BY_VALUE.get(value);
        return script != null && script.place == place ? script : null;
    }

    private static Fault reply(int status, String body, @Nullable Duration retryAfter) {
        return new Fault.Reply(status, body, retryAfter, BEFORE_COUNTING);
    }

    private static String html(String title) {
        return "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>";
    }
}
