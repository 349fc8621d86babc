package io.adjustbatch.adjust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerClassifierTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    200 | {"status":"OK"}                                        | DELIVERED | ROW |
                    200 | {"status":"ok", "new":{"a":[1]}}                       | DELIVERED | ROW |
                    200 | {}                                                     | DELIVERED | ROW |
                    200 | {"Host":"s2s.adjust.com","Form":{"s2s":["1"]}}         | DELIVERED | ROW |
                    200 | OK                                                     | DELIVERED | ROW |
                    200 | ' ok\r\n'                                              | DELIVERED | ROW |
                    200 | ''                                                     | DELIVERED | ROW |
                    200 | {"app_token":"a","adid":"b","message":"Install tracked","ask_in":2000} | DELIVERED | ROW | Install tracked
                    200 | {"message":"session tracked"}                          | DELIVERED | ROW | Session tracked
                    200 | {"message":"Something new"}                            | DELIVERED | ROW |
                    200 | {"message":"Device not found"}                         | DELIVERED | ROW |
                    200 | {"error":"Event request failed (Device not found)"}    | AMBIGUOUS | ENDPOINT | HTTP 200 without Adjust's confirmation
                    200 | {"error":null}                                         | AMBIGUOUS | ENDPOINT | HTTP 200 without Adjust's confirmation
                    200 | {"status":"OK","error":{}}                             | AMBIGUOUS | ENDPOINT | HTTP 200 without Adjust's confirmation
                    200 | {"status":"error"}                                     | AMBIGUOUS | ENDPOINT | HTTP 200 without Adjust's confirmation
                    200 | {"status":{"code":7}}                                  | AMBIGUOUS | ENDPOINT | HTTP 200 without Adjust's confirmation
                    200 | <html><body>Log in</body></html>                       | AMBIGUOUS | ENDPOINT | HTTP 200 without Adjust's confirmation
                    200 | [{"status":"OK"}]                                      | AMBIGUOUS | ENDPOINT | HTTP 200 without Adjust's confirmation
                    200 | {"status":"OK"                                         | AMBIGUOUS | ENDPOINT | HTTP 200 without Adjust's confirmation
                    200 | {"status":"OK"} trailing                               | AMBIGUOUS | ENDPOINT | HTTP 200 without Adjust's confirmation
                    202 | {"error":"Event request failed (Missing authentication token)"} | AUTH_FAULT | APP_ENDPOINT | Missing authentication token
                    202 | {"error":"Ad revenue request failed (Wrong authentication token) (app_token:abc123abc123)"} | AUTH_FAULT | APP_ENDPOINT | Wrong authentication token
                    202 | {"message":"wrong authentication token"}               | AUTH_FAULT | APP_ENDPOINT | Wrong authentication token
                    202 | {"status":"OK"}                                        | AMBIGUOUS | ENDPOINT | an answer that Adjust does not document (HTTP 202)
                    202 | {"error":"Event request failed (Device not found)"}    | AMBIGUOUS | ENDPOINT | an answer that Adjust does not document (HTTP 202)
                    202 | ''                                                     | AMBIGUOUS | ENDPOINT | an answer that Adjust does not document (HTTP 202)
                    201 | {"status":"OK"}                                        | AMBIGUOUS | ENDPOINT | an answer that Adjust does not document (HTTP 201)
                    204 | ''                                                     | AMBIGUOUS | ENDPOINT | an answer that Adjust does not document (HTTP 204)
                    301 | <html>                                                 | AUTH_FAULT | APP_ENDPOINT | redirected, which Adjust never does: check adjust.base-url (HTTP 301)
                    302 | {"error":"Event request failed (Device not found)"}    | AUTH_FAULT | APP_ENDPOINT | redirected, which Adjust never does: check adjust.base-url (HTTP 302)
                    400 | {"error":"Event request failed (Bad event state)"}     | ROW_FAULT | ROW | Bad event state
                    400 | {"error":"Event request failed (Invalid app token)"}   | APP_FAULT | APP | Invalid app token
                    400 | {"error":"Event request failed (Ignoring event, earlier unique event tracked)"} | DUPLICATE | ROW | Ignoring event, earlier unique event tracked
                    400 | {"error":"Event request failed (Ignoring event subsequent to an event supposed to be unique (first occurred 2018-01-01T00:00:00Z))"} | DUPLICATE | ROW | Ignoring event subsequent to an event supposed to be unique
                    400 | {"error":"Event request failed (Invalid callback parameters)"} | ROW_FAULT | ROW | Invalid callback parameters
                    400 | {"error":"Event request failed (Invalid event token)"} | EVENT_TOKEN_FAULT | EVENT_TOKEN | Invalid event token
                    400 | {"error":"Event request failed (Invalid revenue)"}     | ROW_FAULT | ROW | Invalid revenue
                    400 | {"error":"Event request failed (Token s3cr3t of f1c2a3b4)"} | ROW_FAULT | ROW | unrecognised refusal (HTTP 400)
                    400 | {"error":"who knows"}                                  | ROW_FAULT | ROW | unrecognised refusal (HTTP 400)
                    400 | {"message":"Bad Request"}                              | UNRECOGNIZED | ENDPOINT | not an answer of Adjust's (HTTP 400)
                    400 | {"error":{"code":17}}                                  | UNRECOGNIZED | ENDPOINT | not an answer of Adjust's (HTTP 400)
                    400 | <html>Bad Request</html>                               | UNRECOGNIZED | ENDPOINT | not an answer of Adjust's (HTTP 400)
                    400 | ''                                                     | UNRECOGNIZED | ENDPOINT | not an answer of Adjust's (HTTP 400)
                    400 | {"error":"Session failed (Ignoring too frequent session. Last session: 2015-01-01, this session: 2015-01-01, interval: 1s, min interval: 20m)"} | DUPLICATE | ROW | Ignoring too frequent session
                    401 | {"error":"Event request failed (Failed to authorize request)"} | AUTH_FAULT | APP_ENDPOINT | Failed to authorize request
                    401 | {"error":"Session failed"}                             | AUTH_FAULT | APP_ENDPOINT | Session failed: the token lacks this endpoint's scope
                    401 | {"error":"session failed (app_token: abc)"}            | AUTH_FAULT | APP_ENDPOINT | Session failed: the token lacks this endpoint's scope
                    401 | {"error":"device not found","message":"device not found"} | DEVICE_UNKNOWN | ROW | Device not found
                    401 | <html>                                                 | AUTH_FAULT | APP_ENDPOINT | not authorized (HTTP 401)
                    401 | ''                                                     | AUTH_FAULT | APP_ENDPOINT | not authorized (HTTP 401)
                    403 | {"error":"Event request failed (App is inactive)"}     | APP_FAULT | APP | App is inactive
                    403 | {"error":"Event request failed (Tracking disabled)"}   | APP_FAULT | APP_PLATFORM | Tracking disabled
                    403 | {"error":"Event request failed (Event token blocklisted)"} | EVENT_TOKEN_FAULT | EVENT_TOKEN | Event token blocklisted
                    403 | {"error":"Event request failed (unknown)"}             | UNRECOGNIZED | ENDPOINT | not an answer of Adjust's (HTTP 403)
                    403 | <html>                                                 | UNRECOGNIZED | ENDPOINT | not an answer of Adjust's (HTTP 403)
                    404 | {"error":"Event request failed (App token not found)"} | APP_FAULT | APP | App token not found
                    404 | {"error":"Event request failed (Device not found)"}    | DEVICE_UNKNOWN | ROW | Device not found
                    404 | {"error":"Event request failed (Device not found) (app_token: abc, adid: def)"} | DEVICE_UNKNOWN | ROW | Device not found
                    404 | {"error":"Event request failed (Device not found (app_token: abc, adid: def))"} | DEVICE_UNKNOWN | ROW | Device not found
                    404 | {"error":"EVENT REQUEST FAILED (DEVICE NOT FOUND)"}    | DEVICE_UNKNOWN | ROW | Device not found
                    404 | {"error":"x","message":"Device not found."}            | DEVICE_UNKNOWN | ROW | Device not found
                    404 | 404 page not found                                     | UNRECOGNIZED | ENDPOINT | not an answer of Adjust's (HTTP 404)
                    407 | {"error":"Device not found"}                           | AUTH_FAULT | APP_ENDPOINT | a proxy asks for a login (HTTP 407)
                    408 | ''                                                     | AMBIGUOUS | ROW | the server gave up waiting (HTTP 408)
                    413 | {"error":"Event request failed (Request size too large)"} | ROW_FAULT | ROW | Request size too large
                    413 | <html>                                                 | ROW_FAULT | ROW | Request size too large
                    418 | {"error":"teapot"}                                     | UNRECOGNIZED | ENDPOINT | not an answer of Adjust's (HTTP 418)
                    429 | {"error":"Event request failed (Bad event state)"}     | THROTTLED | ROW | Adjust asks for fewer requests (HTTP 429)
                    451 | {"error":"Event request failed (Device is opted out)"} | OPTED_OUT | ROW | Device is opted out
                    451 | {"error":"Event request failed (new wording)"}         | OPTED_OUT | ROW | refused for legal reasons (HTTP 451)
                    451 | <html>                                                 | UNRECOGNIZED | ENDPOINT | not an answer of Adjust's (HTTP 451)
                    500 | {"error":"Event request failed (Internal error, contact support@adjust.com)"} | SERVER_ERROR | ROW | Internal error, contact support@adjust.com
                    500 | {"error":"Event request failed (anything)"}            | SERVER_ERROR | ROW | unrecognised error (HTTP 500)
                    500 | {"error":"Session request check interval failed (Ignoring too frequent session. Last session: x min interval: 20m)"} | DUPLICATE | ROW | Ignoring too frequent session
                    500 | {"error":"Session failed (Session request check interval failed (Ignoring too frequent session. x))"} | DUPLICATE | ROW | Ignoring too frequent session
                    500 | {"error":"Event request failed (Device is opted out)"} | OPTED_OUT | ROW | Device is opted out
                    500 | <html>                                                 | AMBIGUOUS | ROW | a server failed on the way (HTTP 500)
                    500 | ''                                                     | AMBIGUOUS | ROW | a server failed on the way (HTTP 500)
                    502 | <html>                                                 | AMBIGUOUS | ROW | a server failed on the way (HTTP 502)
                    502 | {"error":"Internal error, contact support@adjust.com"} | AMBIGUOUS | ROW | a server failed on the way (HTTP 502)
                    503 | <html>                                                 | UNAVAILABLE | ROW | unavailable for now (HTTP 503)
                    504 | ''                                                     | AMBIGUOUS | ROW | a server failed on the way (HTTP 504)
                    599 | ''                                                     | AMBIGUOUS | ROW | a server failed on the way (HTTP 599)
                    600 | ''                                                     | UNRECOGNIZED | ENDPOINT | not an answer of Adjust's (HTTP 600)
                    """)
    void readsStatusAndMessage(
            int status, String body, ErrorClass errorClass, FaultScope scope, @Nullable String message) {
        assertThat(classify(status, body)).isEqualTo(new Outcome(errorClass, scope, status, message, null));
    }

    @ParameterizedTest
    @EnumSource(RecognizedMessage.class)
    void recognizesEveryMessageInEveryWrapping(RecognizedMessage message) {
        String text = message.text();

        assertThat(Stream.of(
                        text,
                        text.toUpperCase(Locale.ROOT),
                        text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1),
                        " " + text + ". ",
                        "Event request failed (" + text + ")",
                        "Ad revenue request failed (" + text + ") (app_token:abc123abc123)",
                        "Session failed (" + text + ") (app_token: a, adid: b)",
                        "Session request check interval failed (" + text + " (app_token: a, adid: b))"))
                .allSatisfy(wrapped ->
                        assertThat(RecognizedMessage.in(wrapped)).as(wrapped).isEqualTo(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(",
                "()",
                "Event request failed",
                "Event request failed (",
                "(app_token",
                "not Device not found"
            })
    void recognizesNothingElse(String text) {
        assertThat(RecognizedMessage.in(text)).isNull();
    }

    @ParameterizedTest
    @EnumSource(RecognizedMessage.class)
    void countsNothingAsDeliveredButHttp200(RecognizedMessage message) {
        assertThat(IntStream.range(201, 600)
                        .mapToObj(status -> classify(status, "{\"error\":\"" + message.text() + "\"}"))
                        .filter(outcome -> outcome.errorClass() == ErrorClass.DELIVERED))
                .isEmpty();
    }

    @Test
    void condemnsNoRowForAnswersThatNobodyKnows() {
        assertThat(Stream.of("", "<html>", "nonsense", "{\"detail\":\"x\"}", "[]", "\u0000\u0001")
                        .flatMap(body -> IntStream.range(200, 600)
                                .filter(status -> status != 413)
                                .mapToObj(status -> classify(status, body)))
                        .map(Outcome::errorClass))
                .doesNotContain(ErrorClass.ROW_FAULT, ErrorClass.DUPLICATE, ErrorClass.OPTED_OUT, ErrorClass.APP_FAULT);
    }

    @Test
    void reachesEveryClassThatIsNotLocal() {
        Set<ErrorClass> reached = EnumSet.noneOf(ErrorClass.class);
        for (RecognizedMessage message : RecognizedMessage.values()) {
            IntStream.range(200, 600)
                    .forEach(status -> reached.add(classify(status, "{\"error\":\"" + message.text() + "\"}")
                            .errorClass()));
        }
        reached.add(classify(200, "OK").errorClass());
        reached.add(classify(404, "").errorClass());

        assertThat(reached)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ErrorClass.values())
                        .filter(errorClass -> !errorClass.isLocal())
                        .toList());
    }

    @Test
    void keepsNoTextThatTheServerChose() {
        String secret = "Bearer s3cr3t f1c2a3b4";

        assertThat(IntStream.range(200, 600)
                        .boxed()
                        .flatMap(status -> Stream.of(
                                        secret,
                                        "{\"error\":\"" + secret + "\",\"message\":\"" + secret + "\"}",
                                        "{\"message\":\"" + secret + "\"}",
                                        "{\"error\":\"Ignoring too frequent session " + secret + "\"}")
                                .map(body -> classify(status, body)))
                        .map(Outcome::toString))
                .noneMatch(text -> text.contains("s3cr3t") || text.contains("f1c2a3b4"));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    -,                               -
                    0,                               PT0S
                    ' 120 ',                         PT2M
                    86400,                           PT24H
                    86401,                           PT24H
                    99999999999999999999,            PT24H
                    'Sun, 01 Mar 2026 12:01:30 GMT', PT1M30S
                    'Sun, 01 Mar 2026 11:00:00 GMT', PT0S
                    'Mon, 01 Mar 2027 12:00:00 GMT', PT24H
                    -5,                              -
                    1.5,                             -
                    soon,                            -
                    '',                              -
                    """)
    void honoursRetryAfterOf429And503(@Nullable String header, @Nullable Duration wait) {
        assertThat(new AnswerClassifier()
                        .classify(429, new byte[0], header, NOW)
                        .retryAfter())
                .isEqualTo(wait);
        assertThat(new AnswerClassifier()
                        .classify(503, new byte[0], header, NOW)
                        .retryAfter())
                .isEqualTo(wait);
    }

    private static Outcome classify(int status, String body) {
        return new AnswerClassifier().classify(status, body.getBytes(StandardCharsets.UTF_8), null, NOW);
    }
}
