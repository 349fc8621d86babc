package io.adjustbatch.cli;

import static io.adjustbatch.warehouse.Kind.AD_REVENUE;
import static io.adjustbatch.warehouse.Kind.PURCHASE;
import static io.adjustbatch.warehouse.Kind.SESSION;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A night's rows of a company that does not exist: three apps, a few hundred devices, and everything that Adjust or we
 * refuse. The same for the same moment, which is the time zero of all its rows.
 */
final class DemoNight {

    private static final int DEVICES = 800;
    private static final int PURCHASES = 2_400;
    private static final int IMPRESSIONS = 3_000;
    private static final int SECONDS_OF_DAYS = (int) Duration.ofDays(3).toSeconds();

    private static final Duration UNTIL_NEXT_SESSION = Duration.ofHours(4);

    private static final List<String> PRICES = List.of("0.99", "1.99", "4.99", "9.99", "19.99", "49.99", "99.99");
    private static final List<String> EVENTS = List.of("p4yone", "subscr", "gemsxl");
    private static final List<String> NETWORKS = List.of("AppLovin", "AdMob", "ironSource", "Unity Ads");

    private final Random random = new Random(451);
    private final DemoRows rows = new DemoRows();
    private final Instant now;
    private final List<DemoDevice> devices;

    private DemoNight(Instant now) {
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        this.devices = IntStream.range(0, DEVICES)
                .mapToObj(number -> DemoDevice.of(DemoApp.ALL.get(number % DemoApp.ALL.size()), random))
                .toList();
    }

    static DemoRows rows(Instant now) {
        DemoNight night = new DemoNight(now);
        night.sessions();
        night.purchases();
        night.impressions();
        new DemoRefusals(night.rows, night.random, night.now).add();
        return night.rows;
    }

    private void sessions() {
        for (DemoDevice device : devices) {
            Instant first = pastSecond().minus(UNTIL_NEXT_SESSION);
            rows.add(SESSION, device, first, Map.of("session_count", "1", "app_version", "2.4.0", "country", "de"));
            if (random.nextInt(3) == 0) {
                rows.add(SESSION, device, first.plus(UNTIL_NEXT_SESSION), laterSession());
            }
        }
    }

    private Map<String, String> laterSession() {
        return Map.of(
                "session_count", "2",
                "subsession_count", "1",
                "session_length", String.valueOf(60 + random.nextInt(900)),
                "app_version", "2.4.0",
                "country", "de");
    }

    private void purchases() {
        for (int number = 1; number <= PURCHASES; number++) {
            DemoDevice device = anyDevice();
            rows.add(PURCHASE, device, pastSecond(), number % 12 == 0 ? tutorial(number) : sale(device, number));
        }
    }

    private Map<String, String> sale(DemoDevice device, int number) {
        String currency = any(device.app().currencies());
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("event_token", any(EVENTS));
        columns.put("revenue", price(currency));
        columns.put("currency", currency);
        columns.put("transaction_id", "T-%06d".formatted(number));
        columns.put("callback_params", "{\"order\":\"A-%06d\",\"shop\":\"Grüße aus 東京 🎁\"}".formatted(number));
        if (number % 5 == 0) {
            columns.put("partner_params", "{\"items\":\"[\\\"gem-%d\\\"]\"}".formatted(number % 7));
        }
        return columns;
    }

    /** An event that carries no money. */
    private static Map<String, String> tutorial(int number) {
        return Map.of("event_token", "tutori", "callback_params", "{\"level\":\"" + number % 9 + "\"}");
    }

    private String price(String currency) {
        String price = any(PRICES);
        return switch (currency) {
            case "JPY" -> new BigDecimal(price).movePointRight(2).toBigInteger().toString();
            case "KWD" -> price.replace("99", "990");
            default -> price;
        };
    }

    private void impressions() {
        for (int number = 1; number <= IMPRESSIONS; number++) {
            rows.add(AD_REVENUE, anyDevice(), pastSecond(), impression(random));
        }
    }

    static Map<String, String> impression(Random random) {
        String network = NETWORKS.get(random.nextInt(NETWORKS.size()));
        return Map.of(
                "source", "publisher",
                "revenue", BigDecimal.valueOf(1 + random.nextInt(90_000), 7).toPlainString(),
                "currency", "USD",
                "ad_impressions_count", String.valueOf(1 + random.nextInt(5)),
                "ad_revenue_network", network,
                "ad_revenue_unit", "rewarded",
                "ad_revenue_placement", "level end");
    }

    private Instant pastSecond() {
        return now.minusSeconds(60L + random.nextInt(SECONDS_OF_DAYS));
    }

    private DemoDevice anyDevice() {
        return any(devices);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
