package io.adjustbatch.adjust;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowValidityTests {

    private static final Duration MILLI = Duration.ofMillis(1);

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    -,             app_token is missing
                    '',            app_token is missing
                    abc,           'app_token must be 12 letters or digits, but is "abc"'
                    4w565xzmb54-,  'app_token must be 12 letters or digits, but is "4w565xzmb54-"'
                    4w565xzmb54dd4w565xzmb54dd, 'app_token must be 12 letters or digits, but is a text of 26 characters'
                    """)
    void refusesAppToken(String token, String reason) {
        assertThat(Rows.session().appToken(token).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    -,        event_token is missing
                    f0ob4,    'event_token must be 6 letters or digits, but is "f0ob4"'
                    f0ob4rr,  'event_token must be 6 letters or digits, but is "f0ob4rr"'
                    f0ob4é,   'event_token must be 6 letters or digits, but is "f0ob4é"'
                    """)
    void refusesEventTokenOfPurchase(String token, String reason) {
        assertThat(Rows.purchase().eventToken(token).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    -,          environment is missing: it must be production or sandbox
                    Production, 'environment must be production or sandbox, but is "Production"'
                    prod,       'environment must be production or sandbox, but is "prod"'
                    """)
    void refusesEnvironment(String environment, String reason) {
        assertThat(Rows.adRevenue().environment(environment).reason()).isEqualTo(reason);
    }

    @Test
    void acceptsSandbox() {
        assertThat(Rows.session().environment("sandbox").body()).contains("&environment=sandbox&");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "0", "00000000-0000-0000-0000-000000000000", "00000000000000000000000000000000"})
    void needsOneIdentifierThatNamesDevice(String value) {
        assertThat(Rows.purchase().with("gps_adid", value).reason()).startsWith("no device identifier");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    ios,     gps_adid,  f1c2a3b4-0000-4abc-8def-1234567890ab, Android
                    android, idfa,      F1C2A3B4-0000-4ABC-8DEF-1234567890AB, Apple
                    iOS,     android_id, 0a1b2c3d4e5f6071,                    Android
                    fire-tv, idfv,      F1C2A3B4-0000-4ABC-8DEF-1234567890AB, Apple
                    """)
    void refusesIdentifierOfAnotherPlatform(String osName, String column, String value, String owner) {
        String reason = Rows.purchase()
                .with("gps_adid", null)
                .with(column, value)
                .with("os_name", osName)
                .reason();

        assertThat(reason)
                .startsWith(column + " belongs to " + owner)
                .contains(osName)
                .doesNotContain(value);
    }

    @Test
    void doubtsNoIdentifierWithoutKnownPlatform() {
        assertThat(Rows.purchase().with("os_name", "unknown").body()).contains("gps_adid=");
        assertThat(Rows.purchase()
                        .with("idfa", "F1C2A3B4-0000-4ABC-8DEF-1234567890AB")
                        .body())
                .contains("gps_adid=", "idfa=");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    gps_adid,             f1c2a3b400004abc8def1234567890ab
                    gps_adid,             f1c2a3b4-0000-4abc-8def-1234567890ag
                    gps_adid,             f1c2a3b4-0000-4abc-8def-1234567890abc
                    idfa,                 'F1C2A3B4-0000-4ABC-8DEF1-234567890AB'
                    idfv,                 0a1b2c3d4e5f6071
                    fire_adid,            x
                    web_uuid,             x
                    android_id,           0a1b2c3d-4e5f6071
                    android_id,           0a1b2c3d4e5f60711
                    adid,                 0123456789abcdef0123456789abcde
                    adid,                 0123456789abcdef0123456789abcdeg
                    android_id_lower_md5, 0123456789abcdef
                    android_id_lower_sha1, 0123456789abcdef0123456789abcdef
                    imei,                 35-209900-176148-1
                    meid,                 A10000009296FG
                    google_app_set_id,    x
                    primary_dedupe_token, x
                    rida,                 x
                    """)
    void refusesIdentifierOfWrongShapeWithoutShowingIt(String column, String value) {
        String reason =
                Rows.purchase().with("gps_adid", null).with(column, value).reason();

        assertThat(reason).startsWith(column + " must be ");
        if (value.length() > 1) {
            assertThat(reason).doesNotContain(value);
        }
    }

    @ParameterizedTest
    @EnumSource(DeviceIdentifier.class)
    void countsEveryIdentifierAsNamingTheDevice(DeviceIdentifier identifier) {
        String well = switch (identifier) {
            case ADID, ANDROID_ID_LOWER_MD5, ANDROID_ID_UPPER_MD5, IMEI_LOWER_MD5, WIN_ADID ->
                "0123456789abcdef0123456789abcdef";
            case ANDROID_ID_LOWER_SHA1, ANDROID_ID_UPPER_SHA1 -> "0123456789abcdef0123456789abcdef01234567";
            case ANDROID_ID -> "0a1b2c3d4e5f6071";
            case IMEI -> "352099001761481";
            case MEID -> "A10000009296F2";
            default -> "f1c2a3b4-0000-4abc-8def-1234567890ab";
        };

        assertThat(Rows.purchase()
                        .with("gps_adid", null)
                        .with(identifier.parameter(), well)
                        .body())
                .containsIgnoringCase("&" + identifier.parameter() + "=" + well);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    -0.01, EUR, 'revenue must not be negative, but is -0.01: refunds cannot be reported to Adjust'
                    0,     EUR, 'revenue must be at least 0.001, but is 0: leave revenue and currency empty to report an event without money'
                    0.00,  EUR, 'revenue must be at least 0.001, but is 0.00: leave revenue and currency empty to report an event without money'
                    0.0009, EUR, 'revenue must be at least 0.001, but is 0.0009'
                    100000000000.01, EUR, 'revenue must be at most 100000000000, but is 100000000000.01'
                    1E+400, EUR, 'revenue must be at most 100000000000, but is a number of 1 digits'
                    1,     -,   'currency is missing, but revenue is 1'
                    1,     '',  'currency is missing, but revenue is 1'
                    -,     EUR, 'revenue is missing or not a finite number, but currency is set'
                    1,     EURO, 'currency must be a code of ISO 4217 such as EUR, but is "EURO"'
                    1,     ' EUR', 'currency must be a code of ISO 4217 such as EUR, but is " EUR"'
                    1,     €,   'currency must be a code of ISO 4217 such as EUR, but is "€"'
                    1,     XXX, 'currency must be a code of ISO 4217 such as EUR, but is "XXX"'
                    1,     XTS, 'currency must be a code of ISO 4217 such as EUR, but is "XTS"'
                    """)
    void refusesMoneyOfPurchase(String revenue, String currency, String reason) {
        if ("-0.01".equals(revenue)) {
            assertThat(Rows.adRevenue().money(revenue, currency).reason()).isEqualTo(reason);
        }
        assertThat(Rows.purchase().money(revenue, currency).reason()).isEqualTo(reason);
    }

    @Test
    void acceptsPurchaseWithoutMoney() {
        assertThat(Rows.purchase().money(null, null).body()).doesNotContain("revenue", "currency");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    0,      USD, 'revenue must be more than 0, but is 0'
                    -,      -,   'revenue is missing or not a finite number'
                    0.0002, -,   'currency is missing, but revenue is 0.0002'
                    """)
    void refusesMoneyOfAdRevenue(String revenue, String currency, String reason) {
        assertThat(Rows.adRevenue().money(revenue, currency).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "usd", "JPY", "KWD", "XAF", "XOF", "XCD", "XPF", "SLE", "XCG"})
    void acceptsCurrenciesInUse(String currency) {
        assertThat(Rows.purchase().money("1", currency).prepared()).isInstanceOf(Preparation.Ready.class);
    }

    @Test
    void doesNotUnfoldAbsurdNumbers() {
        var row = Rows.adRevenue().money("1E-999999999", "USD");

        assertThat(row.reason()).isEqualTo("revenue has more than 16383 decimals");
        assertThat(new BigDecimal("1E-999999999").scale()).isEqualTo(999_999_999);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    source, -,                 source is missing: Adjust takes publisher
                    source, applovin_max,      'source must be publisher, but is "applovin_max"'
                    source, Publisher,         'source must be publisher, but is "Publisher"'
                    ad_impressions_count, -,   ad_impressions_count is missing
                    ad_impressions_count, 0,   'ad_impressions_count must be a whole number from 1 on, but is "0"'
                    ad_impressions_count, 1.0, 'ad_impressions_count must be a whole number from 1 on, but is "1.0"'
                    ad_impressions_count, -1,  'ad_impressions_count must be a whole number from 1 on, but is "-1"'
                    """)
    void refusesAdRevenueWithoutItsSource(String column, String value, String reason) {
        assertThat(Rows.adRevenue().with(column, value).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    os_name, -,       os_name is missing: a session needs it
                    os_name, iPadOS,  'os_name must be one that Adjust lists, such as ios or android, but is "iPadOS"'
                    att_status, 4,    'att_status must be a digit from 0 to 3, but is "4"'
                    tracking_enabled, true, 'tracking_enabled must be a digit from 0 to 1, but is "true"'
                    """)
    void refusesSession(String column, String value, String reason) {
        assertThat(Rows.session().with(column, value).reason()).isEqualTo(reason);
    }

    @Test
    void needsOsNameForSessionsOnly() {
        assertThat(Rows.purchase().prepared()).isInstanceOf(Preparation.Ready.class);
        assertThat(Rows.purchase().with("os_name", "symbolics").reason()).startsWith("os_name must be one");
    }

    @Test
    void hidesLongValuesThatMayBeDeviceIdentifiers() {
        assertThat(Rows.session().with("os_name", "352099001761481").reason())
                .endsWith("but is a text of 15 characters");
    }

    @Test
    void refusesBothConsentParameters() {
        assertThat(Rows.purchase()
                        .with("att_status", "3")
                        .with("tracking_enabled", "1")
                        .reason())
                .startsWith("att_status and tracking_enabled must not both be set");
        assertThat(Rows.purchase()
                        .with("att_status", "3")
                        .with("tracking_enabled", " ")
                        .body())
                .contains("&att_status=3")
                .doesNotContain("tracking_enabled");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void refusesRowWithoutTime(Kind kind) {
        assertThat(Rows.of(kind).at(null).reason()).isEqualTo("occurred_at is missing or not a finite time");
    }

    @ParameterizedTest
    @CsvSource({"PURCHASE, 58", "AD_REVENUE, 28"})
    void judgesAgeToTheMillisecond(Kind kind, int days) {
        Instant limit = Rows.NOW.minus(Duration.ofDays(days));

        assertThat(AgeLimit.maxAge(kind)).contains(Duration.ofDays(days));
        assertThat(Rows.of(kind).at(limit).prepared()).isInstanceOf(Preparation.Ready.class);
        assertThat(Rows.of(kind).at(limit.minus(MILLI)).prepared())
                .isInstanceOfSatisfying(Preparation.Refused.class, refused -> {
                    assertThat(refused.errorClass()).isEqualTo(ErrorClass.TOO_OLD);
                    assertThat(refused.reason()).contains("more than " + days + " days ago");
                });
    }

    @Test
    void judgesAgeBeforeEverythingElse() {
        assertThat(Rows.purchase().at(Instant.EPOCH).appToken(null).prepared())
                .isInstanceOfSatisfying(
                        Preparation.Refused.class,
                        refused -> assertThat(refused.errorClass()).isEqualTo(ErrorClass.TOO_OLD));
    }

    @Test
    void takesSessionsOfAnyAgeSince1970() {
        assertThat(Rows.session().at(Instant.parse("2019-01-01T00:00:00Z")).body())
                .contains("=1546300800&");
        assertThat(Rows.session().at(Instant.EPOCH).reason())
                .isEqualTo("occurred_at must lie after 1970, but is 1970-01-01T00:00:00Z");
    }

    @Test
    void waitsForRowsUpToADayAhead() {
        Instant tomorrow = Rows.NOW.plus(Duration.ofHours(24));

        assertThat(Rows.purchase().at(Rows.NOW).prepared()).isInstanceOf(Preparation.Ready.class);
        assertThat(Rows.purchase().at(Rows.NOW.plus(MILLI)).prepared())
                .isInstanceOfSatisfying(
                        Preparation.NotYet.class,
                        notYet -> assertThat(notYet.dueAt()).isEqualTo(Rows.NOW.plus(MILLI)));
        assertThat(Rows.purchase().at(tomorrow).prepared()).isInstanceOf(Preparation.NotYet.class);
        assertThat(Rows.purchase().at(tomorrow.plus(MILLI)).reason())
                .startsWith("occurred_at must lie at most 24 hours");
    }

    @Test
    void refusesInvalidRowEvenIfItsTimeHasNotCome() {
        assertThat(Rows.purchase()
                        .at(Rows.NOW.plusSeconds(60))
                        .money("-1", "EUR")
                        .reason())
                .contains("refunds");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [1]                     | must be a JSON object
                    "text"                  | must be a JSON object
                    17                      | must be a JSON object
                    {"a":1} {"b":2}         | must be one JSON object with nothing after it
                    {"a":                   | is not well-formed JSON
                    {a:1}                   | is not well-formed JSON
                    {"a":NaN}               | is not well-formed JSON
                    {"a.b":1,"a":{"b":2}}   | has two values for the key "a.b"
                    {"a":1,"a":2}           | has two values for the key "a"
                    """)
    void refusesBrokenJsonNamingItsColumn(String json, String fault) {
        assertThat(Rows.purchase().callback(json).reason()).startsWith("callback_params " + fault);
        assertThat(Rows.purchase().partner(json).reason()).startsWith("partner_params " + fault);
        assertThat(Rows.purchase().further(json).reason()).startsWith("parameters " + fault);
    }

    @Test
    void quotesNothingOfBrokenJson() {
        assertThat(Rows.purchase()
                        .callback("{\"gps_adid\":" + Rows.GPS_ADID + "}")
                        .reason())
                .doesNotContain("f1c2a3b4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s2s",
                "app_token",
                "event_token",
                "environment",
                "created_at",
                "created_at_unix",
                "revenue",
                "amount",
                "currency",
                "callback_params",
                "partner_params"
            })
    void letsFurtherParametersSetNothingThatTheProtocolSets(String name) {
        assertThat(Rows.session().further("{\"" + name + "\":\"x\"}").reason())
                .startsWith("parameters must not set " + name);
    }

    @Test
    void letsFurtherParametersRepeatNoColumn() {
        assertThat(Rows.session().further("{\"os_name\":\"ios\"}").reason())
                .isEqualTo("parameters must not set os_name, which the row's own column sets");
    }

    @Test
    void refusesNestedFurtherParameters() {
        assertThat(Rows.session().further("{\"a\":{\"b\":1}}").reason())
                .isEqualTo("parameters must be flat, but \"a\" is nested");
    }

    @Test
    void refusesRequestOfMoreThanAMegabyte() {
        String fixed = Rows.purchase().callback("{\"a\":\"\"}").body();
        String filler = "x".repeat(1_000_000 - fixed.length());

        assertThat(Rows.purchase().callback("{\"a\":\"" + filler + "\"}").body())
                .hasSize(1_000_000);
        assertThat(Rows.purchase().callback("{\"a\":\"" + filler + "x\"}").reason())
                .startsWith("the request would have 1000001 bytes");
    }
}
