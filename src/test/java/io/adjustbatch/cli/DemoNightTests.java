package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.sandbox.Script;
import io.adjustbatch.warehouse.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoNightTests {

    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");

    private final DemoRows rows = DemoNight.rows(NOW);

    @ParameterizedTest
    @EnumSource(Kind.class)
    void isTheSameForTheSameMoment(Kind kind) {
        assertThat(DemoNight.rows(NOW).of(kind)).isEqualTo(rows.of(kind)).hasSizeGreaterThan(1_000);
    }

    @ParameterizedTest
    @EnumSource(Script.class)
    void hasPurchasesForEverythingThatTheSandboxRefusesOnPurpose(Script script) {
        assertThat(purchases().filter(row -> follows(row, script))).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void givesOrdinaryDevicesNoIdentifierThatTheSandboxRefuses() {
        List<Map<String, String>> ordinary = purchases()
                .filter(row -> row.getOrDefault("transaction_id", "").startsWith("T-0"))
                .toList();

        assertThat(ordinary).hasSizeGreaterThan(2_000);
        assertThat(Script.values()).allSatisfy(script -> assertThat(ordinary).noneMatch(row -> follows(row, script)));
    }

    private Stream<Map<String, String>> purchases() {
        return rows.of(Kind.PURCHASE).stream();
    }

    private static boolean follows(Map<String, String> row, Script script) {
        return switch (script.place()) {
            case APP_TOKEN -> script.value().equals(row.get("app_token"));
            case EVENT_TOKEN -> script.value().equals(row.get("event_token"));
            case DEVICE -> row.getOrDefault("gps_adid", "").endsWith(script.value());
        };
    }
}
