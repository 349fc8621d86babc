package io.adjustbatch.sandbox;

import java.time.Duration;
import java.time.Instant;

/**
 * Why a request is not accepted.
 *
 * <p>Messages are Adjust's own where Adjust publishes one. Where it does not, the message begins with
 * {@code Sandbox:}, so that nobody takes it for Adjust's.
 *
 * @param status HTTP status of the answer
 * @param message goes into Adjust's envelope as it is: nothing in it may need escaping in JSON
 */
record Refusal(int status, String message) {

    static final Refusal TOO_LARGE = new Refusal(413, "Request size too large");
    static final Refusal INVALID_APP_TOKEN = new Refusal(400, "Invalid app token");
    static final Refusal UNAUTHORIZED = new Refusal(401, "Failed to authorize request");
    static final Refusal DEVICE_NOT_FOUND = new Refusal(404, "Device not found");
    static final Refusal INVALID_EVENT_TOKEN = new Refusal(400, "Invalid event token");
    static final Refusal BAD_EVENT_STATE = new Refusal(400, "Bad event state");
    static final Refusal NOT_UNIQUE = new Refusal(400, "Ignoring event, earlier unique event tracked");
    static final Refusal INVALID_CALLBACK_PARAMETERS = new Refusal(400, "Invalid callback parameters");
    static final Refusal INVALID_REVENUE = new Refusal(400, "Invalid revenue");

    static final Refusal METHOD_NOT_ALLOWED = new Refusal(405, "Sandbox: method not allowed");
    static final Refusal NO_FORM = invented("content type must be application/x-www-form-urlencoded");
    static final Refusal BROKEN_ENCODING = invented("parameters are not percent-encoded UTF-8");

    private static final String TOO_FREQUENT = "Ignoring too frequent session.";

    /** A refusal that Adjust publishes no text for. */
    static Refusal invented(String message) {
        return new Refusal(400, "Sandbox: " + message);
    }

    /** A session within the interval; 400, because Adjust says that it no longer answers these with 500. */
    static Refusal tooFrequent(Instant lastSession, Duration interval) {
        return new Refusal(
                400, TOO_FREQUENT + " Last session: " + lastSession + ", min interval: " + interval.toMinutes() + "m");
    }

    boolean tooFrequent() {
        return message.startsWith(TOO_FREQUENT);
    }

    /** The message without what differs from request to request: the name under which refusals are counted. */
    String kind() {
        return tooFrequent() ? TOO_FREQUENT : message;
    }
}
