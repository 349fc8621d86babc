package io.adjustbatch.adjust;

import io.adjustbatch.warehouse.Kind;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The device: its identifiers, platform, address, consent and every other parameter, in the order of the columns. */
final class DeviceFacts implements Section {

    @Override
    public void write(Draft draft) {
        String osName = osName(draft);
        checkConsent(draft);
        Platform platform = Platform.of(osName);
        boolean identified = false;
        for (Map.Entry<String, String> entry : draft.parameters().entrySet()) {
            DeviceIdentifier identifier = DeviceIdentifier.of(entry.getKey());
            if (identifier == null) {
                writeFact(draft, entry.getKey(), entry.getValue(), osName);
            } else if (!DeviceIdentifier.isAbsent(entry.getValue())) {
                identified = true;
                writeIdentifier(draft, identifier, entry.getValue().strip(), platform);
            }
        }
        if (!identified) {
            draft.refuse("no device identifier: at least one of idfa, gps_adid, fire_adid, oaid, web_uuid, idfv, "
                    + "android_id, adid and external_device_id must be set and not all zeros");
        }
    }

    private static @Nullable String osName(Draft draft) {
        String value = draft.parameter("os_name");
        if (value == null) {
            if (draft.row().kind() == Kind.SESSION) {
                draft.refuse("os_name is missing: a session needs it");
            }
            return null;
        }
        String osName = value.toLowerCase(Locale.ROOT);
        if (!Platform.isListed(osName)) {
            draft.refuse("os_name must be one that Adjust lists, such as ios or android, but is " + Shown.value(value));
        }
        return osName;
    }

    private static void checkConsent(Draft draft) {
        String attStatus = draft.parameter("att_status");
        String trackingEnabled = draft.parameter("tracking_enabled");
        if (attStatus != null && trackingEnabled != null) {
            draft.refuse(
                    "att_status and tracking_enabled must not both be set: the first is for iOS 14.5 and later, the "
                            + "second for everything else");
        }
        checkDigit(draft, "att_status", attStatus, '3');
        checkDigit(draft, "tracking_enabled", trackingEnabled, '1');
    }

    private static void checkDigit(Draft draft, String column, @Nullable String value, char greatest) {
        if (value != null && (value.length() != 1 || value.charAt(0) < '0' || value.charAt(0) > greatest)) {
            draft.refuse(column + " must be a digit from 0 to " + greatest + ", but is " + Shown.value(value));
        }
    }

    private static void writeIdentifier(Draft draft, DeviceIdentifier identifier, String value, Platform platform) {
        String column = identifier.parameter();
        if (!platform.canHave(identifier.platform())) {
            draft.refuse(column + " belongs to " + identifier.platform().description() + ", but os_name says "
                    + draft.parameter("os_name") + ": are columns mixed up?");
        } else if (!identifier.isWellFormed(value)) {
            draft.refuse(
                    column + " must be " + identifier.form() + "; the row's has " + value.length() + " characters");
        } else {
            draft.form().add(column, identifier.normalize(value));
        }
    }

    private static void writeFact(Draft draft, String name, String value, @Nullable String osName) {
        switch (name) {
            case "os_name" -> draft.form().add(name, osName == null ? "" : osName);
            case "ip_address" -> {
                String address = Ipv4.in(value);
                if (address != null) {
                    draft.form().add(name, address);
                    draft.forwardFor(address);
                }
            }
            // These were checked without the blanks around them.
            case "source", "ad_impressions_count", "att_status", "tracking_enabled" ->
                draft.form().add(name, value.strip());
            default -> draft.form().add(name, value);
        }
    }
}
