package io.adjustbatch.cli;

import java.util.List;

/**
 * An app of the demo's company.
 *
 * @param token Adjust's app token
 * @param osName the platform it runs on
 * @param identifier the platform's advertising id
 * @param backupIdentifier the platform's id for devices without one
 * @param currencies what its customers pay in
 */
record DemoApp(String token, String osName, String identifier, String backupIdentifier, List<String> currencies) {

    static final DemoApp IPHONE = new DemoApp("kq3x8v2m5nlc", "ios", "idfa", "idfv", List.of("EUR", "USD", "GBP"));
    static final DemoApp ANDROID =
            new DemoApp("z7w1r4t9y2bh", "android", "gps_adid", "android_id", List.of("EUR", "BRL", "JPY", "KWD"));
    static final DemoApp FIRE_TV = new DemoApp("f5j8d2s6g0pa", "fire-tv", "fire_adid", "android_id", List.of("USD"));

    static final List<DemoApp> ALL = List.of(IPHONE, ANDROID, FIRE_TV);
}
