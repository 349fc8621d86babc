package io.adjustbatch.adjust;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.warehouse.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestEncodingTests {

    @Test
    void writesPurchaseInDocumentedOrder() {
        String body = Rows.purchase()
                .with("os_name", "android")
                .with("user_agent", "A/1 (x)")
                .callback("{\"f0o\":\"bar\"}")
                .partner("{\"a\":\"b\"}")
                .body();

        assertThat(body)
                .isEqualTo("s2s=1&app_token=4w565xzmb54d&environment=production&event_token=f0ob4r"
                        + "&created_at_unix=1772366340&revenue=9.99&currency=EUR"
                        + "&gps_adid=f1c2a3b4-0000-4abc-8def-1234567890ab&os_name=android&user_agent=A%2F1%20%28x%29"
                        + "&callback_params=%7B%22f0o%22%3A%22bar%22%7D&partner_params=%7B%22a%22%3A%22b%22%7D");
    }

    @Test
    void writesAdRevenueWithoutPartnerParameters() {
        AdjustRequest request = Rows.adRevenue().partner("not even JSON").request();

        assertThat(request.endpoint()).isEqualTo(Endpoint.AD_REVENUE);
        assertThat(request.body())
                .isEqualTo("s2s=1&app_token=4w565xzmb54d&environment=production&created_at_unix=1772366340"
                        + "&revenue=0.0002&currency=USD&gps_adid=f1c2a3b4-0000-4abc-8def-1234567890ab"
                        + "&source=publisher&ad_impressions_count=1");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    plain-1.0_~,     plain-1.0_~
                    a b,             a%20b
                    1+1,             1%2B1
                    a&b=c,           a%26b%3Dc
                    100%,            100%25
                    %20,             %2520
                    Zoë,             Zo%C3%AB
                    日本,            %E6%97%A5%E6%9C%AC
                    😀,              %F0%9F%98%80
                    a*b,             a%2Ab
                    """)
    void encodesEachByteOnce(String value, String encoded) {
        assertThat(Rows.purchase().with("device_name", value).body()).endsWith("&device_name=" + encoded);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    9.99,                  9.99
                    1.10,                  1.10
                    0.001,                 0.001
                    1E+3,                  1000
                    100000000000,          100000000000
                    12345678901.123456789, 12345678901.123456789
                    """)
    void writesRevenueAsPlainExactText(String revenue, String written) {
        assertThat(Rows.purchase().money(revenue, "EUR").body()).contains("&revenue=" + written + "&");
    }

    @Test
    void writesTinyAdRevenueWithoutExponent() {
        assertThat(Rows.adRevenue().money("1E-9", "USD").body()).contains("&revenue=0.000000001&");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"a":"b"}                     | {"a":"b"}
                    {"a":{"b":{"c":"d"}}}         | {"a.b.c":"d"}
                    {"a":["x",["y"],{"z":"w"}]}   | {"a[0]":"x","a[1][0]":"y","a[2].z":"w"}
                    {"n":1.10}                    | {"n":"1.10"}
                    {"n":1e400}                   | {"n":"1e400"}
                    {"n":123456789012345678901234567890} | {"n":"123456789012345678901234567890"}
                    {"n":-0.0,"t":true,"f":false} | {"n":"-0.0","t":"true","f":"false"}
                    {"a":null,"b":"c"}            | {"b":"c"}
                    {"a":{},"b":[],"c":"d"}       | {"c":"d"}
                    {"a":""}                      | {"a":""}
                    {"q":"\\"\\\\\\n\\u00eb"}     | {"q":"\\"\\\\\\në"}
                    {"e":"😀"}                    | {"e":"😀"}
                    """)
    void flattensCallbackParametersToStrings(String json, String sent) {
        assertThat(decoded(Rows.purchase().callback(json).body())).containsEntry("callback_params", sent);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}
            {"a":null}
            null
            ' '
            """)
    void leavesOutParametersWithoutContent(String json) {
        assertThat(Rows.purchase().callback(json).partner(json).further(json).body())
                .doesNotContain("callback_params", "partner_params", "=&")
                .doesNotEndWith("=");
    }

    @Test
    void addsFurtherParametersAfterTheColumns() {
        String body = Rows.purchase()
                .further("{\"device_type\":\"phone\",\"eea\":1,\"x\":null,\"blank\":\" \",\"odd key\":true}")
                .body();

        assertThat(body).endsWith("1234567890ab&device_type=phone&eea=1&odd%20key=true");
    }

    @Test
    void takesIdentifierFromFurtherParameters() {
        String body = Rows.purchase()
                .with("gps_adid", null)
                .further("{\"GPS\":\"1\",\"android_id_lower_md5\":\"0123456789abcdef0123456789abcdef\"}")
                .body();

        assertThat(body).endsWith("&android_id_lower_md5=0123456789abcdef0123456789abcdef");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    192.0.2.1,          192.0.2.1
                    ' 192.0.2.1 ',      192.0.2.1
                    192.0.2.1/32,       192.0.2.1
                    ::ffff:192.0.2.1,   192.0.2.1
                    ::FFFF:192.0.2.1,   192.0.2.1
                    255.255.255.255,    255.255.255.255
                    2001:db8::1,
                    [2001:db8::1],
                    192.0.2,
                    192.0.2.1.5,
                    192.0.2.256,
                    192.0.2.01,
                    192.0.2.1/24,
                    192.0.2.,
                    localhost,
                    """)
    void sendsOnlyIpv4(String column, String sent) {
        AdjustRequest request = Rows.session().with("ip_address", column).request();

        assertThat(request.forwardedFor()).isEqualTo(sent);
        assertThat(decoded(request.body()).get("ip_address")).isEqualTo(sent);
    }

    @Test
    void forwardsAddressOfSessionsOnly() {
        assertThat(Rows.purchase().with("ip_address", "192.0.2.1").request().forwardedFor())
                .isNull();
    }

    @Test
    void tellsTheRowInReferenceParameter() {
        assertThat(prepareWithReference(Rows.purchase().callback("{\"a\":\"b\"}")))
                .containsEntry("callback_params", "{\"a\":\"b\",\"ref\":\"purchase:17\"}");
        assertThat(prepareWithReference(Rows.session())).containsEntry("callback_params", "{\"ref\":\"session:17\"}");
    }

    @Test
    void neverOverwritesTheRowsOwnCallbackParameter() {
        assertThat(prepareWithReference(Rows.purchase().callback("{\"ref\":\"mine\"}")))
                .containsEntry("callback_params", "{\"ref\":\"mine\"}");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    ios,     idfa,        6d92078a-8246-4ba4-ae5b-76104861e7dc, 6D92078A-8246-4BA4-AE5B-76104861E7DC
                    ios,     idfv,        6d92078a-8246-4ba4-ae5b-76104861e7dc, 6D92078A-8246-4BA4-AE5B-76104861E7DC
                    android, gps_adid,    6D92078A-8246-4BA4-AE5B-76104861E7DC, 6d92078a-8246-4ba4-ae5b-76104861e7dc
                    fire-tv, fire_adid,   6D92078A-8246-4BA4-AE5B-76104861E7DC, 6d92078a-8246-4ba4-ae5b-76104861e7dc
                    android, android_id,  0A1B2C3D4E5F6071,                     0a1b2c3d4e5f6071
                    android, android_id,  a1b2c3d4e5f6071,                      a1b2c3d4e5f6071
                    ios,     adid,        0123456789ABCDEF0123456789ABCDEF,     0123456789abcdef0123456789abcdef
                    android, adid,        ' 0123456789abcdef0123456789abcdef ', 0123456789abcdef0123456789abcdef
                    android, web_uuid,    6D92078a-8246-4ba4-ae5b-76104861e7dc, 6D92078a-8246-4ba4-ae5b-76104861e7dc
                    xbox,    external_device_id, User-123,                      User-123
                    """)
    void writesIdentifiersInTheCaseThatAdjustDocuments(String osName, String column, String value, String sent) {
        String body = Rows.purchase()
                .with("gps_adid", null)
                .with("os_name", osName)
                .with(column, value)
                .body();

        assertThat(body).endsWith("&os_name=" + osName + "&" + column + "=" + sent);
    }

    @Test
    void leavesOutZeroIdentifierBesideAnother() {
        String body = Rows.purchase()
                .with("gps_adid", "00000000-0000-0000-0000-000000000000")
                .with("android_id", "0a1b2c3d4e5f6071")
                .body();

        assertThat(body).doesNotContain("gps_adid").endsWith("&android_id=0a1b2c3d4e5f6071");
    }

    @Test
    void writesSecondsOfTheMoment() {
        assertThat(Rows.purchase().at(Instant.parse("2026-02-28T23:59:59.999Z")).body())
                .contains("&created_at_unix=1772323199&");
    }

    @Test
    void lowersOsNameAndRaisesCurrency() {
        assertThat(Rows.purchase().with("os_name", "Android").money("1", "eur").body())
                .contains("&os_name=android", "&currency=EUR&");
    }

    @Test
    void sendsEachKindToItsEndpoint() {
        assertThat(Arrays.stream(Kind.values())
                        .map(kind -> Rows.of(kind).request().endpoint().path()))
                .containsExactly("/session", "/event", "/ad_revenue");
    }

    @Test
    void showsNothingOfTheBody() {
        assertThat(Rows.purchase().request()).asString().doesNotContain(Rows.GPS_ADID);
    }

    private static Map<String, String> prepareWithReference(Rows rows) {
        var ready = (Preparation.Ready) new RequestPreparer("ref").prepare(rows.row(), Rows.NOW);
        return decoded(ready.request().body());
    }

    private static Map<String, String> decoded(String body) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            parameters.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
