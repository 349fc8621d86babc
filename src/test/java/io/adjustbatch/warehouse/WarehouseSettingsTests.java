package io.adjustbatch.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.warehouse.WarehouseSettings.ExpectRows;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class WarehouseSettingsTests {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(WarehouseSettings.class)
    static class Settings {}

    /** So that no default changes unnoticed. */
    @Test
    void hasDefaults() {
        application.run(context -> assertThat(context.getBean(WarehouseSettings.class))
                .isEqualTo(new WarehouseSettings(
                        new WarehouseSettings.Session("warehouse.session", ExpectRows.WARN),
                        new WarehouseSettings.Purchase("warehouse.purchase", ExpectRows.WARN, true),
                        new WarehouseSettings.AdRevenue("warehouse.ad_revenue", ExpectRows.WARN),
                        Duration.ofDays(2),
                        new WarehouseSettings.Since(null))));
    }

    @Test
    void leavesOutKindThatIsSwitchedOff() {
        application
                .withPropertyValues(
                        "warehouse.session.relation=none",
                        "warehouse.ad-revenue.relation=ads",
                        "warehouse.ad-revenue.expect-rows=fail")
                .run(context -> {
                    WarehouseSettings settings = context.getBean(WarehouseSettings.class);

                    assertThat(settings.relations())
                            .containsExactly(
                                    Map.entry(Kind.PURCHASE, "warehouse.purchase"), Map.entry(Kind.AD_REVENUE, "ads"));
                    assertThat(settings.expectRows(Kind.AD_REVENUE)).isEqualTo(ExpectRows.FAIL);
                });
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            ''                        , -
            2026-01-31                , 2026-01-31T00:00:00Z
            2026-01-31T12:00:00Z      , 2026-01-31T12:00:00Z
            2026-01-31T12:00:00+02:00 , 2026-01-31T10:00:00Z
            """)
    void readsSinceAsTimeOrDayAtUtc(String setting, @Nullable Instant since) {
        application
                .withPropertyValues("warehouse.since=" + setting)
                .run(context -> assertThat(
                                context.getBean(WarehouseSettings.class).since().instant())
                        .isEqualTo(since));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            warehouse.lookback=0s               | warehouse.lookback must be at least 1m
            warehouse.since=yesterday           | warehouse.since must be a day such as 2026-01-31
            warehouse.purchase.relation=a.b.c   | warehouse.purchase.relation: "a.b.c" is not the name
            warehouse.purchase.relation=        | warehouse.purchase.relation: "" is not the name
            warehouse.ad-revenue.relation=a b   | warehouse.ad-revenue.relation: "a b" is not the name
            warehouse.session.relation=;        | warehouse.session.relation: ";" is not the name
            warehouse.session.expect-rows=maybe | warehouse.session.expect-rows
            warehouse.session.transaction-unique=true | warehouse.session.transaction-unique
            warehouse.purchases.relation=a      | warehouse.purchases.relation
            """)
    void stopsStartForSettingThatIsWrong(String setting, String message) {
        application
                .withPropertyValues(setting)
                .run(context -> assertThat(context.getStartupFailure()).hasStackTraceContaining(message));
    }
}
