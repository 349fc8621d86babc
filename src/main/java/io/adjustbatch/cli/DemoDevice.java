package io.adjustbatch.cli;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A made-up device.
 *
 * @param columns what every row of it says: app, environment, platform, identifiers, address, user agent
 */
record DemoDevice(DemoApp app, Map<String, String> columns) {

    /** A device of the app; nine in ten have an advertising id. */
    static DemoDevice of(DemoApp app, Random random) {
        Map<String, String> identifiers = new LinkedHashMap<>();
        if (random.nextInt(10) > 0) {
            identifiers.put(app.identifier(), inCaseOf(app, uuid(random)));
        }
        identifiers.put(app.backupIdentifier(), backup(app, random));
        return with(app, identifiers);
    }

    /** An Android device whose advertising id ends in what the sandbox's script looks for. */
    static DemoDevice ending(String end, Random random) {
        String uuid = uuid(random);
        return with(DemoApp.ANDROID, Map.of("gps_adid", uuid.substring(0, uuid.length() - end.length()) + end));
    }

    static DemoDevice with(DemoApp app, Map<String, String> identifiers) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("app_token", app.token());
        columns.put("environment", "production");
        columns.put("os_name", app.osName());
        columns.putAll(identifiers);
        // addresses of RFC 5737, which belong to nobody
        columns.put("ip_address", "203.0.113." + Math.floorMod(identifiers.hashCode(), 255));
        return new DemoDevice(app, columns);
    }

    private static String backup(DemoApp app, Random random) {
        return app.backupIdentifier().equals("android_id")
                ? HexFormat.of().toHexDigits(random.nextLong())
                : inCaseOf(app, uuid(random));
    }

    private static String inCaseOf(DemoApp app, String identifier) {
        return app.osName().equals("ios") ? identifier.toUpperCase(Locale.ROOT) : identifier;
    }

    private static String uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
