package io.adjustbatch.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersIntegrationTests {

    private Sandbox sandbox;
    private Sender sender;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(Sender.settings());
        sender = new Sender(sandbox);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        /event      | ""
        /event      | revenue=9.99&currency=EUR
        /event      | revenue=0.001&currency=EUR
        /event      | revenue=100000000000&currency=EUR
        /event      | revenue=1.23456789&currency=KWD
        /event      | -environment
        /event      | created_at_unix=1772366400000
        /event      | -created_at_unix
        /event      | -created_at_unix&created_at=2026-03-01T11:00:00.000+0000
        /event      | -created_at_unix&created_at=2026-03-01T14:00:00Z+0200
        /event      | -created_at_unix&created_at=2026-03-01T07:00:00.288Z-0400
        /event      | callback_params={'a':'b', 'c':'d'}
        /event      | partner_params={'item':'[1]'}
        /event      | -gps_adid&adid=18546f6171f67e29d1cb983322ad1329
        /event      | gps_adid=00000000-0000-0000-0000-000000000000&android_id=3d5f6a7b8c9d0e1f
        /event      | undocumented=1
        /ad_revenue | ""
        /ad_revenue | -revenue&amount=0.01
        /ad_revenue | created_at_unix=1769954400
        """)
    void acceptsWhatAdjustDocuments(String path, String changes) throws Exception {
        HttpResponse<String> answer = sender.send(path, changes.replace('\'', '"'));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"OK\"}");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(sandbox.tally().acceptedRequests()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        -s2s                                  | 400 | Sandbox: s2s must be 1
        s2s=true                              | 400 | Sandbox: s2s must be 1
        -app_token                            | 400 | Invalid app token
        app_token=short                       | 400 | Invalid app token
        app_token=unknownapp00                | 404 | App token not found
        app_token=inactive0000                | 403 | App is inactive
        environment=test                      | 400 | Sandbox: environment must be production or sandbox
        app_token=wrongtoken00                | 202 | Wrong authentication token
        app_token=noscope00000                | 401 | Session failed
        -gps_adid                             | 400 | Sandbox: no device identifier
        gps_adid=00000000-0000-0000-0000-000000000000 | 400 | Sandbox: no device identifier
        gps_adid=5a0e4a3c-91d1-4f6e-8b0d-000000000500 | 500 | Internal error, contact support@adjust.com
        gps_adid=5a0e4a3c-91d1-4f6e-8b0d-000000000404 | 404 | Device not found
        gps_adid=5a0e4a3c-91d1-4f6e-8b0d-000000000451 | 451 | Device is opted out
        -event_token                          | 400 | Invalid event token
        event_token=f0ob4r5                   | 400 | Invalid event token
        event_token=unknwn                    | 400 | Invalid event token
        event_token=blockd                    | 403 | Event token blocklisted
        app_token=notracking00                | 403 | Tracking disabled
        created_at_unix=soon                  | 400 | Bad event state
        created_at_unix=17723664001           | 400 | Bad event state
        created_at_unix=1772366701            | 400 | Bad event state
        created_at_unix=1767355199            | 400 | Bad event state
        -created_at_unix&created_at=2026-02-30T10:00:00.000+0000 | 400 | Bad event state
        -created_at_unix&created_at=2026-03-01T10:00:00          | 400 | Bad event state
        gps_adid=5a0e4a3c-91d1-4f6e-8b0d-000000000400 | 400 | Bad event state
        callback_params=                      | 400 | Invalid callback parameters
        callback_params=[]                    | 400 | Invalid callback parameters
        callback_params={'a':1}               | 400 | Invalid callback parameters
        callback_params={'a':{'b':'c'}}       | 400 | Invalid callback parameters
        callback_params={'a':'b'              | 400 | Invalid callback parameters
        callback_params={'a':'b'}{}           | 400 | Invalid callback parameters
        partner_params={'a':null}             | 400 | Sandbox: partner_params must be a flat JSON object of texts
        revenue=0&currency=EUR                | 400 | Invalid revenue
        revenue=0.0009&currency=EUR           | 400 | Invalid revenue
        revenue=100000000000.01&currency=EUR  | 400 | Invalid revenue
        revenue=-1&currency=EUR               | 400 | Invalid revenue
        revenue=1E+2&currency=EUR             | 400 | Invalid revenue
        revenue=1,5&currency=EUR              | 400 | Invalid revenue
        currency=EUR                          | 400 | Invalid revenue
        revenue=1                             | 400 | Sandbox: revenue without currency
        revenue=1&currency=eur                | 400 | Sandbox: currency is not an ISO 4217 code
        revenue=1&currency=EURO               | 400 | Sandbox: currency is not an ISO 4217 code
        """)
    void refusesEventsInAdjustsWords(String changes, int status, String message) throws Exception {
        HttpResponse<String> answer = sender.send("/event", changes.replace('\'', '"'));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Event request failed (" + message + ")\"}");
        assertThat(sandbox.tally().accepted()).isEmpty();
        assertThat(sandbox.tally().refused()).singleElement().satisfies(refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.message()).isEqualTo(message);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        -revenue                   | Invalid revenue
        revenue=0                  | Invalid revenue
        revenue=0.0                | Invalid revenue
        -currency                  | Sandbox: revenue without currency
        -source                    | Sandbox: source must be publisher
        source=admob_sdk           | Sandbox: source must be publisher
        -ad_impressions_count      | Sandbox: ad_impressions_count must be a whole number from 1
        ad_impressions_count=0     | Sandbox: ad_impressions_count must be a whole number from 1
        created_at_unix=1769947199 | Bad event state
        """)
    void refusesAdRevenueAndNamesTheApp(String changes, String message) throws Exception {
        HttpResponse<String> answer = sender.send("/ad_revenue", changes);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"Ad revenue request failed (" + message + ") (app_token:4w565xzmb54d)\"}");
    }

    @ParameterizedTest(name = "{0} comes before {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        -s2s                   | -app_token                   | Sandbox: s2s must be 1
        -app_token             | -gps_adid                    | Invalid app token
        app_token=inactive0000 | -gps_adid                    | App is inactive
        -gps_adid              | -event_token                 | Sandbox: no device identifier
        gps_adid=000000000451  | -event_token                 | Device is opted out
        gps_adid=000000000404  | -event_token                 | Device not found
        -event_token           | app_token=notracking00       | Invalid event token
        app_token=notracking00 | created_at_unix=x            | Tracking disabled
        created_at_unix=x      | callback_params=x            | Bad event state
        callback_params=x      | revenue=x                    | Invalid callback parameters
        """)
    void namesTheFirstOfTwoFaults(String first, String second, String message) throws Exception {
        HttpResponse<String> answer = sender.send("/event", second + "&" + first);

        assertThat(answer.body()).isEqualTo("{\"error\":\"Event request failed (" + message + ")\"}");
    }

    @Test
    void acceptsTheQueryInsteadOfAForm() throws Exception {
        String query = "/event?" + Sender.encode(Sender.parameters("/event", ""));

        assertThat(sender.send(sender.to(query).GET()).statusCode()).isEqualTo(200);
        assertThat(sender.send(sender.to(query).POST(BodyPublishers.noBody())).statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusesSessionsByGet() throws Exception {
        String query = "/session?" + Sender.encode(Sender.parameters("/session", ""));

        assertThat(sender.send(sender.to(query).GET()).statusCode()).isEqualTo(405);
    }

    @Test
    void refusesJson() throws Exception {
        HttpResponse<String> answer = sender.send(sender.to("/event")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"s2s\":\"1\"}")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"Event request failed"
                        + " (Sandbox: content type must be application/x-www-form-urlencoded)\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s2s=1&a=%", "s2s=1&a=%G0", "s2s=1&a=%C3"})
    void refusesBrokenPercentEncoding(String body) throws Exception {
        HttpResponse<String> answer =
                sender.send(sender.form("/event", Map.of()).POST(BodyPublishers.ofString(body)));

        assertThat(answer.body())
                .isEqualTo("{\"error\":\"Event request failed (Sandbox: parameters are not percent-encoded UTF-8)\"}");
    }

    @Test
    void refusesMoreThanAMegabyteAndKeepsTheConnection() throws Exception {
        String parameters = Sender.encode(Sender.parameters("/event", "")) + "&padding=";
        String largest = parameters + "x".repeat(1_000_000 - parameters.length());

        HttpResponse<String> taken =
                sender.send(sender.form("/event", Map.of()).POST(BodyPublishers.ofString(largest)));
        HttpResponse<String> refused =
                sender.send(sender.form("/event", Map.of()).POST(BodyPublishers.ofString(largest + "x")));

        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).isEqualTo("{\"error\":\"Event request failed (Request size too large)\"}");
    }

    @Test
    void hasNothingElsewhere() throws Exception {
        HttpResponse<String> answer = sender.send("/events", "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("error");
    }

    @Test
    void takesEventsOfADeviceAndTokenInTimeOrderOnly() throws Exception {
        assertThat(sender.send("/event", "created_at_unix=1772366300").statusCode())
                .isEqualTo(200);
        assertThat(sender.send("/event", "created_at_unix=1772366300").statusCode())
                .isEqualTo(200);

        HttpResponse<String> earlier = sender.send("/event", "created_at_unix=1772366299");

        assertThat(earlier.statusCode()).isEqualTo(400);
        assertThat(earlier.body()).isEqualTo("{\"error\":\"Event request failed (Bad event state)\"}");
        assertThat(sandbox.tally().orderViolations()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"event_token=other1", "app_token=2fm9gkqubvpc", "environment=sandbox", "gps_adid=another-device"
            })
    void keepsNoOrderBetweenDifferentDevicesAndTokens(String change) throws Exception {
        sender.send("/event", "created_at_unix=1772366300");

        assertThat(sender.send("/event", change + "&created_at_unix=1772366200").statusCode())
                .isEqualTo(200);
        assertThat(sandbox.tally().orderViolations()).isZero();
    }

    @Test
    void keepsNoOrderAfterARefusedEvent() throws Exception {
        sender.send("/event", "created_at_unix=1772366300&revenue=-1&currency=EUR");

        assertThat(sender.send("/event", "created_at_unix=1772366200").statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesAUniqueEventOncePerDevice() throws Exception {
        assertThat(sender.send("/event", "event_token=unique").statusCode()).isEqualTo(200);
        assertThat(sender.send("/event", "event_token=unique&gps_adid=another-device")
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> second = sender.send("/event", "event_token=unique");

        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(second.body())
                .isEqualTo("{\"error\":\"Event request failed (Ignoring event, earlier unique event tracked)\"}");
    }

    @Test
    void asksForAnInstallIfItIsToldTo() throws Exception {
        try (Sandbox strict = Sandbox.start(Sender.settings().withKnownDevices(Set.of("listed-device")))) {
            Sender strictly = new Sender(strict);

            assertThat(strictly.send("/event", "").body())
                    .isEqualTo("{\"error\":\"Event request failed (Device not found)\"}");
            assertThat(strictly.send("/event", "gps_adid=listed-device").statusCode())
                    .isEqualTo(200);
            assertThat(strictly.send("/session", "android_id=3d5f6a7b8c9d0e1f").statusCode())
                    .isEqualTo(200);
            assertThat(strictly.send("/event", "").statusCode()).isEqualTo(200);
            assertThat(strictly.send("/event", "-gps_adid&android_id=3d5f6a7b8c9d0e1f")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(strictly.send("/event", "environment=sandbox").statusCode())
                    .isEqualTo(404);
            assertThat(strictly.send("/event", "event_token=other1&created_at_unix=1772366399")
                            .body())
                    .isEqualTo("{\"error\":\"Event request failed (Bad event state)\"}");
        }
    }
}
