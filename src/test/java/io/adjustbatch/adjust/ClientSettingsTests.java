package io.adjustbatch.adjust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSettingsTests {

    @ParameterizedTest
    @CsvSource(textBlock = """
                    https://s2s.adjust.com, 249ms-too-short, 249,    64,    adjust.timeout must be at least 250ms; but is 249ms
                    https://s2s.adjust.com, zero,            0,      64,    adjust.timeout must be at least 250ms; but is 0s
                    https://s2s.adjust.com, too-long,        600001, 64,    adjust.timeout must be at most 10m; but is 600001ms
                    https://s2s.adjust.com, none-in-flight,  30000,  0,     adjust.max-in-flight must be at least 1; but is 0
                    https://s2s.adjust.com, too-many,        30000,  10001, adjust.max-in-flight must be at most 10000; but is 10001
                    ftp://s2s.adjust.com,   scheme,          30000,  64,    adjust.base-url must be an http or https URL
                    s2s.adjust.com,         no-scheme,       30000,  64,    adjust.base-url must be an http or https URL
                    https:///event,         no-host,         30000,  64,    adjust.base-url must be an http or https URL
                    https://a:b@host,       user,            30000,  64,    adjust.base-url must be an http or https URL
                    https://host?a=b,       query,           30000,  64,    adjust.base-url must be an http or https URL
                    """)
    void refusesImpossibleSettingNamingItsKey(String url, String name, long millis, int inFlight, String message) {
        assertThatIllegalArgumentException()
                .as(name)
                .isThrownBy(() -> new ClientSettings(URI.create(url), Tokens.NONE, Duration.ofMillis(millis), inFlight))
                .withMessageStartingWith(message.replace(';', ','));
    }

    @Test
    void acceptsItsBounds() {
        assertThat(new ClientSettings(URI.create("http://127.0.0.1:1/x/"), Tokens.NONE, Duration.ofMillis(250), 1))
                .isNotNull();
        assertThat(new ClientSettings(ClientSettings.PRODUCTION, Tokens.NONE, Duration.ofMinutes(10), 10_000))
                .isNotNull();
    }

    @Test
    void hasTheDocumentedDefaults() {
        assertThat(ClientSettings.PRODUCTION).isEqualTo(URI.create("https://s2s.adjust.com"));
        assertThat(ClientSettings.DEFAULT_TIMEOUT).isEqualTo(Duration.ofSeconds(30));
        assertThat(ClientSettings.DEFAULT_MAX_IN_FLIGHT).isEqualTo(64);
    }

    @Test
    void prefersAppsOwnToken() {
        Tokens tokens = new Tokens("common", Map.of("appwithowntk", "own"));

        assertThat(tokens.forApp("appwithowntk")).isEqualTo("own");
        assertThat(tokens.forApp("another")).isEqualTo("common");
        assertThat(tokens.anyConfigured()).isTrue();
    }

    @Test
    void knowsNoTokenForOthersIfThereIsNoCommonOne() {
        Tokens tokens = new Tokens(null, Map.of("appwithowntk", "own"));

        assertThat(tokens.forApp("another")).isNull();
        assertThat(tokens.anyConfigured()).isTrue();
        assertThat(Tokens.NONE.anyConfigured()).isFalse();
    }

    @Test
    void showsNoToken() {
        Tokens tokens = new Tokens("s3cr3t", Map.of("appwithowntk", "s3cr3t2"));

        assertThat(new ClientSettings(ClientSettings.PRODUCTION, tokens, Duration.ofSeconds(30), 64))
                .asString()
                .contains("a common token, 1 of apps")
                .doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "s3cr3t\n", "s3 cr3t", "s3cr3té", "s3cr3t\u0000", "s3cr3t\r\nX-Evil: 1"})
    void refusesTokenThatFitsNoHeaderWithoutShowingIt(String token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tokens(token, Map.of()))
                .withMessageStartingWith("adjust.token must ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tokens(null, Map.of("appwithowntk", token)))
                .withMessageStartingWith("adjust.apps.appwithowntk.token must ");
    }

    @Test
    void readsTokenFromFirstLineOfFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "  s3cr3t \r\nsecond line\n");

        assertThat(Tokens.readFile(file)).isEqualTo("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "  \ns3cr3t", "s3 cr3t", "s3cr3té"})
    void refusesFileWithoutTokenNamingItAlone(String content, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), content);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokens.readFile(file))
                .withMessageStartingWith("adjust.token-file " + file + " must ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3"));
    }

    @Test
    void tellsWhyFileCannotBeRead(@TempDir Path folder) throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokens.readFile(folder.resolve("absent")))
                .withMessage("adjust.token-file " + folder.resolve("absent") + " does not exist");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokens.readFile(folder))
                .withMessageStartingWith("adjust.token-file " + folder + " cannot be read");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokens.readFile(binary))
                .withMessageStartingWith("adjust.token-file " + binary + " must be a text file");
    }
}
