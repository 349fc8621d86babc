package io.adjustbatch.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of a device's identifiers.
 *
 * @param name Adjust's parameter, as in {@code gps_adid}
 */
record Identifier(String name, String value) {

    /** Advertising identifiers, then Adjust's own, then those that Adjust calls backups. */
    private static final List<String> NAMES = List.of(
            "idfa",
            "gps_adid",
            "fire_adid",
            "oaid",
            "web_uuid",
            "adid",
            "idfv",
            "android_id",
            "android_id_lower_md5",
            "android_id_lower_sha1",
            "android_id_upper_md5",
            "android_id_upper_sha1",
            "imei",
            "imei_lower_md5",
            "meid",
            "win_naid",
            "win_hwid",
            "win_adid",
            "google_app_set_id",
            "primary_dedupe_token",
            "persistent_ios_uuid",
            "vida",
            "rida",
            "tifa",
            "external_device_id");

    static List<Identifier> in(Map<String, String> parameters) {
        List<Identifier> identifiers = new ArrayList<>(2);
        for (String name : NAMES) {
            String value = parameters.get(name);
            if (value != null && identifies(value)) {
                identifiers.add(new Identifier(name, value));
            }
        }
        return identifiers;
    }

    /** A phone whose owner refuses tracking has an advertising identifier of zeros only: it names nobody. */
    private static boolean identifies(String value) {
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            if (letter != '0' && letter != '-' && !Character.isWhitespace(letter)) {
                return true;
            }
        }
        return false;
    }
}
