package io.adjustbatch.warehouse;

import static io.adjustbatch.warehouse.Column.optional;
import static io.adjustbatch.warehouse.Column.required;

import io.adjustbatch.warehouse.Column.Use;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The columns that each kind's relation may have, under the names that Adjust gives its parameters. */
final class Columns {

    /**
     * Device identifiers, the preferred ones first (dev.adjust.com, "Server-to-server API"): the first one that a row
     * has names its device.
     */
    static final List<String> IDENTIFIERS = words("""
            idfa gps_adid fire_adid oaid web_uuid idfv android_id adid
            android_id_lower_md5 android_id_lower_sha1 android_id_upper_md5 android_id_upper_sha1
            imei imei_lower_md5 meid win_naid win_hwid win_adid
            google_app_set_id primary_dedupe_token persistent_ios_uuid vida rida tifa external_device_id""");

    private static final List<Column> COMMON = List.of(
            required("id", Use.ID),
            required("app_token", Use.VALUE),
            required("environment", Use.VALUE),
            required("occurred_at", Use.TIME),
            required("loaded_at", Use.TIME),
            optional("callback_params", Use.JSON),
            optional("partner_params", Use.JSON),
            optional("parameters", Use.JSON));

    private static final List<Column> MONEY = List.of(required("revenue", Use.MONEY), required("currency", Use.VALUE));

    private static final Map<Kind, List<Column>> BY_KIND = Map.of(
            Kind.SESSION,
            all(
                    COMMON,
                    optionalValues(IDENTIFIERS),
                    List.of(required("os_name", Use.VALUE)),
                    optionalValues(words("""
                            app_version app_version_short session_count subsession_count session_length time_spent
                            bundle_id package_name country language os_version cpu_type hardware_name device_type
                            device_name install_receipt eea ad_personalization ad_user_data npa
                            ip_address user_agent"""))),
            Kind.PURCHASE,
            all(
                    COMMON,
                    List.of(required("event_token", Use.VALUE)),
                    MONEY,
                    optionalValues(List.of("transaction_id")),
                    optionalValues(IDENTIFIERS),
                    optionalValues(words("os_name ip_address user_agent"))),
            Kind.AD_REVENUE,
            all(
                    COMMON,
                    MONEY,
                    optionalValues(IDENTIFIERS),
                    List.of(required("source", Use.VALUE), required("ad_impressions_count", Use.VALUE)),
                    optionalValues(words("""
                            ad_revenue_network ad_revenue_unit ad_revenue_placement
                            os_name ip_address user_agent"""))));

    private Columns() {}

    /** Every column that the kind knows, in the order in which its parameters are listed. */
    static List<Column> of(Kind kind) {
        return Objects.requireNonNull(BY_KIND.get(kind));
    }

    /** Whether columns of these names can hold a device identifier. */
    static boolean canIdentify(Set<String> names) {
        return names.contains("parameters") || IDENTIFIERS.stream().anyMatch(names::contains);
    }

    private static List<String> words(String text) {
        return List.of(text.split("\\s+"));
    }

    private static List<Column> optionalValues(List<String> names) {
        return names.stream().map(name -> optional(name, Use.VALUE)).toList();
    }

    @SafeVarargs // the lists are only read
    @SuppressWarnings("varargs") // as above: javac does not see it through Stream.of
    private static List<Column> all(List<Column>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }
}
