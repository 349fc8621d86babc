package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adjustbatch.audit.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

class UnknownSettingsTests {

    private final StandardEnvironment environment = new StandardEnvironment();

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
                    adjust.tiemout,             Did you mean adjust.timeout?
                    adjust.max-inflight-rows,   Unknown setting adjust.max-inflight-rows
                    warehouse.lookbak,          Did you mean warehouse.lookback?
                    warehouse.purchases.relation, Did you mean warehouse.purchase.relation?
                    report.dir,                 Unknown setting report.dir
                    adjust.apps.abc.tokn,       Unknown setting adjust.apps.abc.tokn
                    lock.timeout,               Unknown setting lock.timeout
                    """)
    void refusesWhatNothingReads(String key, String message) {
        set(key);

        assertThatThrownBy(() -> UnknownSettings.refuse(environment))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> org.assertj.core.api.Assertions.assertThat(failure.exitCode())
                                .isEqualTo(ExitCode.USAGE))
                .hasMessageContaining(message)
                .hasMessageContaining("Nothing was done.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adjust.token-file",
                "adjust.maxInFlight",
                "adjust.base_url",
                "adjust.apps.abc123def456.token",
                "warehouse.ad-revenue.expect-rows",
                "server.port",
                "adjustment.of.something.else"
            })
    void takesWhatIsKnownInAnySpellingThatSpringTakesAndWhatIsNotOurs(String key) {
        set(key);

        assertThatCode(() -> UnknownSettings.refuse(environment)).doesNotThrowAnyException();
    }

    @Test
    void listsAllOfAFileWithTheirLines(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("application.yml"), "adjust:\n  tiemout: 5s\n  timeout: 5s\nreport:\n  folder: x\n");
        new YamlPropertySourceLoader()
                .load("file", new FileSystemResource(file))
                .forEach(environment.getPropertySources()::addFirst);

        assertThatThrownBy(() -> UnknownSettings.refuse(environment))
                .hasMessageStartingWith("Unknown setting adjust.tiemout (%s, line 2)".formatted(file))
                .hasMessageContaining("Unknown setting report.folder (%s, line 5)".formatted(file));
    }

    @Test
    void doesNotLookAtTheEnvironmentWhereNamesBelongToEverybody() {
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                new HashMap<>(Map.of("LOCK_FILE", "x", "ADJUST_SOMETHING", "y"))));

        assertThatCode(() -> UnknownSettings.refuse(environment)).doesNotThrowAnyException();
    }

    private void set(String key) {
        environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(key, "value")));
    }
}
