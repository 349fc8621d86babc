package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.files.ReportSettings;
import io.adjustbatch.job.AdjustSettings;
import io.adjustbatch.job.PrivacySettings;
import io.adjustbatch.warehouse.WarehouseSettings;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** {@code config/application.yml} is documentation and defaults in one: here is what it says, and that code agrees. */
class SettingsTests {

    @Test
    void documentsEverySettingWithItsDefault() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        for (PropertySource<?> document : documents()) {
            for (String name : ((EnumerablePropertySource<?>) document).getPropertyNames()) {
                if (!name.startsWith("spring.") && !name.startsWith("logging.")) {
                    settings.put(name, String.valueOf(document.getProperty(name)));
                }
            }
        }

        assertThat(settings)
                .containsExactly(
                        Map.entry("adjust.base-url", "https://s2s.adjust.com"),
                        Map.entry("adjust.max-in-flight", "64"),
                        Map.entry("adjust.ordering", "strict"),
                        Map.entry("adjust.ordering.late", "send"),
                        Map.entry("adjust.ordering.max-hold", "14d"),
                        Map.entry("adjust.partitions", "2"),
                        Map.entry("adjust.patience", "15m"),
                        Map.entry("adjust.policy.ambiguous.action", "in-doubt"),
                        Map.entry("adjust.policy.ambiguous.max-percent", "1"),
                        Map.entry("adjust.policy.ambiguous.session.action", "retry"),
                        Map.entry("adjust.policy.app-fault.action", "halt-app"),
                        Map.entry("adjust.policy.auth-fault.action", "halt-endpoint"),
                        Map.entry("adjust.policy.delivered.action", "accept"),
                        Map.entry("adjust.policy.device-unknown.action", "defer"),
                        Map.entry("adjust.policy.duplicate.action", "duplicate"),
                        Map.entry("adjust.policy.event-token-fault.action", "halt-event-token"),
                        Map.entry("adjust.policy.invalid-row.max-percent", "10"),
                        Map.entry("adjust.policy.opted-out.action", "suppress"),
                        Map.entry("adjust.policy.row-fault.action", "reject"),
                        Map.entry("adjust.policy.row-fault.max-percent", "10"),
                        Map.entry("adjust.policy.server-error.action", "retry"),
                        Map.entry("adjust.policy.throttled.action", "retry"),
                        Map.entry("adjust.policy.unavailable.action", "retry"),
                        Map.entry("adjust.policy.unrecognized.action", "retry"),
                        Map.entry("adjust.rate-per-second", ""),
                        Map.entry("adjust.reference-parameter", ""),
                        Map.entry("adjust.timeout", "30s"),
                        Map.entry("adjust.token", ""),
                        Map.entry("adjust.token-file", ""),
                        Map.entry("lock.datasource.url", ""),
                        Map.entry("privacy.hash-key", ""),
                        Map.entry("privacy.hash-key-file", ""),
                        Map.entry("report.directory", "reports"),
                        Map.entry("warehouse.ad-revenue.expect-rows", "warn"),
                        Map.entry("warehouse.ad-revenue.relation", "warehouse.ad_revenue"),
                        Map.entry("warehouse.lookback", "2d"),
                        Map.entry("warehouse.purchase.expect-rows", "warn"),
                        Map.entry("warehouse.purchase.relation", "warehouse.purchase"),
                        Map.entry("warehouse.purchase.transaction-unique", "true"),
                        Map.entry("warehouse.session.expect-rows", "warn"),
                        Map.entry("warehouse.session.relation", "warehouse.session"),
                        Map.entry("warehouse.since", ""));
    }

    @Test
    void meansTheSameWithAndWithoutTheFile() throws IOException {
        StandardEnvironment withFile = new StandardEnvironment();
        documents().forEach(withFile.getPropertySources()::addFirst);

        assertThat(bind(withFile, "adjust", AdjustSettings.class))
                .usingRecursiveComparison()
                .isEqualTo(bind(new StandardEnvironment(), "adjust", AdjustSettings.class));
        assertThat(bind(withFile, "warehouse", WarehouseSettings.class))
                .isEqualTo(bind(new StandardEnvironment(), "warehouse", WarehouseSettings.class));
        assertThat(bind(withFile, "privacy", PrivacySettings.class))
                .isEqualTo(bind(new StandardEnvironment(), "privacy", PrivacySettings.class));
        assertThat(bind(withFile, "report", ReportSettings.class))
                .isEqualTo(bind(new StandardEnvironment(), "report", ReportSettings.class));
    }

    @Test
    void showsNoTokenOfItsSettings() {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new org.springframework.core.env.MapPropertySource(
                        "test", Map.of("adjust.token", "t0psecret", "adjust.apps.abc.token", "t0psecret")));

        AdjustSettings settings = bind(environment, "adjust", AdjustSettings.class);

        assertThat(settings.token()).isEqualTo("t0psecret");
        assertThat(settings.apps()).containsOnlyKeys("abc");
        assertThat(settings + " " + settings.apps()).doesNotContain("t0psecret");
    }

    private static <T> T bind(StandardEnvironment environment, String prefix, Class<T> type) {
        return Binder.get(environment).bindOrCreate(prefix, Bindable.of(type));
    }

    private static Iterable<PropertySource<?>> documents() throws IOException {
        return new YamlPropertySourceLoader().load("defaults", Surroundings.DEFAULTS);
    }
}
