package io.adjustbatch.cli;

import static io.adjustbatch.sandbox.Script.Place.DEVICE;
import static io.adjustbatch.warehouse.Kind.AD_REVENUE;
import static io.adjustbatch.warehouse.Kind.PURCHASE;
import static io.adjustbatch.warehouse.Kind.SESSION;

import io.adjustbatch.sandbox.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The rows of the demo that come to grief: some at Adjust, some at our own checks, some on the way. */
final class DemoRefusals {

    private static final int HANDFUL = 3;

    private final DemoRows rows;
    private final Random random;
    private final Instant now;
    private int transactions;

    DemoRefusals(DemoRows rows, Random random, Instant now) {
        this.rows = rows;
        this.random = random;
        this.now = now;
    }

    void add() {
        refusedByAdjust();
        repeated();
        invalidMoney();
        invalidTimes();
        invalidDevices();
        invalidParameters();
        invalidAdRevenue();
    }

    /** Everything that the sandbox refuses, breaks or leaves unanswered on purpose. */
    private void refusedByAdjust() {
        for (Script script : Script.values()) {
            for (int i = 0; i < HANDFUL; i++) {
                DemoDevice device = script.place() == DEVICE ? DemoDevice.ending(script.value(), random) : anyDevice();
                purchase(device, columnsOf(script));
            }
        }
        DemoDevice optedOut = DemoDevice.ending(Script.DEVICE_OPTED_OUT.value(), random);
        rows.add(SESSION, optedOut, now.minus(Duration.ofHours(5)), Map.of());
        rows.add(AD_REVENUE, optedOut, now.minus(Duration.ofHours(4)), DemoNight.impression(random));
        DemoDevice twice = anyDevice();
        purchase(twice, columnsOf(Script.EVENT_UNIQUE));
        purchase(twice, columnsOf(Script.EVENT_UNIQUE));
        rows.add(SESSION, twice, now.minus(Duration.ofHours(2)), Map.of());
        rows.add(SESSION, twice, now.minus(Duration.ofMinutes(110)), Map.of());
    }

    private static Map<String, String> columnsOf(Script script) {
        return switch (script.place()) {
            case APP_TOKEN -> Map.of("app_token", script.value());
            case EVENT_TOKEN -> Map.of("event_token", script.value());
            case DEVICE -> Map.of();
        };
    }

    private void repeated() {
        DemoDevice device = anyDevice();
        Instant at = now.minus(Duration.ofHours(9));
        Map<String, String> sale = Map.of("transaction_id", "T-TWICE", "revenue", "9.99");
        purchase(device, at, sale);
        purchase(device, at, sale);
        purchase(device, at, Map.of("transaction_id", "T-TWICE", "revenue", "4.99"));
    }

    private void invalidMoney() {
        for (String revenue : List.of("0", "0.0001", "-4.99", "")) {
            purchase(anyDevice(), Map.of("revenue", revenue));
        }
        for (String currency : List.of("", "EURO", "XXX")) {
            purchase(anyDevice(), Map.of("currency", currency));
        }
    }

    private void invalidTimes() {
        purchase(anyDevice(), now.minus(Duration.ofDays(57).plusHours(23)), Map.of());
        purchase(anyDevice(), now.minus(Duration.ofDays(70)), Map.of());
        purchase(anyDevice(), now.plus(Duration.ofHours(20)), Map.of());
        purchase(anyDevice(), now.plus(Duration.ofDays(3)), Map.of());
        purchase(anyDevice(), Map.of("occurred_at", ""));
    }

    private void invalidDevices() {
        purchase(DemoDevice.with(DemoApp.IPHONE, Map.of()), Map.of());
        purchase(DemoDevice.with(DemoApp.IPHONE, Map.of("idfa", "00000000-0000-0000-0000-000000000000")), Map.of());
        purchase(DemoDevice.with(DemoApp.IPHONE, Map.of("idfa", "not-an-idfa")), Map.of());
        purchase(anyDevice(), Map.of("os_name", "Windows 3.11"));
        purchase(DemoDevice.of(DemoApp.IPHONE, random), Map.of("os_name", "android"));
    }

    private void invalidParameters() {
        purchase(anyDevice(), Map.of("callback_params", "{\"cart\":{\"items\":[1,2]}}"));
        purchase(anyDevice(), Map.of("partner_params", "{\"user\":{\"vip\":true}}"));
        purchase(anyDevice(), Map.of("environment", "prod"));
        purchase(anyDevice(), Map.of("environment", ""));
        purchase(anyDevice(), Map.of("event_token", ""));
    }

    private void invalidAdRevenue() {
        for (Map<String, String> fault : List.of(
                Map.of("source", "admob_sdk"),
                Map.of("ad_impressions_count", "0"),
                Map.of("revenue", "0"),
                Map.of("currency", ""))) {
            Map<String, String> columns = new HashMap<>(DemoNight.impression(random));
            columns.putAll(fault);
            rows.add(AD_REVENUE, anyDevice(), now.minus(Duration.ofHours(3)), columns);
        }
        rows.add(AD_REVENUE, anyDevice(), now.minus(Duration.ofDays(40)), DemoNight.impression(random));
    }

    private void purchase(DemoDevice device, Map<String, String> columns) {
        purchase(device, now.minus(Duration.ofMinutes(10L + random.nextInt(600))), columns);
    }

    /** A good purchase but for these columns. */
    private void purchase(DemoDevice device, Instant at, Map<String, String> columns) {
        transactions++;
        Map<String, String> all = new HashMap<>(Map.of(
                "event_token", "p4yone",
                "revenue", "4.99",
                "currency", "EUR",
                "transaction_id", "X-%04d".formatted(transactions)));
        all.putAll(columns);
        rows.add(PURCHASE, device, at, all);
    }

    private DemoDevice anyDevice() {
        return DemoDevice.of(DemoApp.ANDROID, random);
    }
}
