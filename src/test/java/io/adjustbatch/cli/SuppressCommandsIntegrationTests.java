package io.adjustbatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.sandbox.Sandbox;
import io.adjustbatch.sandbox.SandboxSettings;
import io.adjustbatch.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The command {@code suppress}, as an operator uses it. */
class SuppressCommandsIntegrationTests {

    private static final String APP = "kq3x8v2m5nlc";
    private static final String DEVICE = "5a0e4a3c-91d1-4f6e-8b0d-0123456789ab";
    private static final String OPTED_OUT = "5a0e4a3c-91d1-4f6e-8b0d-000000000451";

    @TempDir
    Path directory = Path.of("");

    @AutoClose
    private final TestDatabase database = TestDatabase.create();

    private final InputStream standardInput = System.in;
    private final Prompt prompt = new Prompt(database);

    @AfterEach
    void giveBackStandardInput() {
        System.setIn(standardInput);
    }

    @Test
    void silencesTheDeviceOfAnIdentifierAndFreesItAgain() throws IOException {
        System.setIn(new ByteArrayInputStream((DEVICE.toUpperCase(Locale.ROOT) + "\n").getBytes(UTF_8)));
        assertThat(suppress("add", "--app", APP, "--identifier", "gps_adid=-", "--because", "asked by mail"))
                .as(prompt.err())
                .isZero();
        assertThat(prompt.out())
                .isEqualTo(
                        "The device is on the list of app %s now, by 1 identifier. The next run settles its open rows as suppressed.%n"
                                .formatted(APP));
        assertThat(suppress("add", "--app", APP, "--identifier", "gps_adid=" + DEVICE, "--because", "asked again"))
                .isZero();
        assertThat(prompt.out()).contains("already. Nothing was done.");

        assertThat(suppress("list")).isZero();
        assertThat(prompt.out())
                .contains(
                        APP, "gps_adid", System.getProperty("user.name"), "asked by mail", "1 identifier on the list.")
                .doesNotContain("asked again", DEVICE);
        assertThat(suppress("list", "--app", "000000000000")).isZero();
        assertThat(prompt.out()).isEqualTo("No device is on the list.%n".formatted());

        load(1, DEVICE, DEVICE);
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            assertThat(night(sandbox)).as(prompt.err()).isZero();
            assertThat(sandbox.tally().requests()).isZero();

            assertThat(suppress("remove", "--row", "purchase:1", "--because", "a mistake"))
                    .as(prompt.err())
                    .isZero();
            assertThat(prompt.out()).startsWith("1 identifier of the device is off the list of app " + APP);
            load(11, DEVICE, DEVICE);
            assertThat(night(sandbox)).as(prompt.err()).isZero();
            assertThat(sandbox.tally().acceptedRequests()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DEVICE, "gps_adid=" + DEVICE, "gps_adid:" + DEVICE, "purchase:" + DEVICE})
    void repeatsNoIdentifierThatWasWrittenInThePlaceOfARow(String row) {
        for (String command : List.of("add", "remove")) {
            assertThat(suppress(command, "--row", row, "--because", "asked by mail"))
                    .isEqualTo(2);
            assertThat(prompt.err())
                    .contains("--row", "that names no row: write its kind and id")
                    .doesNotContain(DEVICE);
        }
    }

    @Test
    void listsWhatAdjustAnswered() throws IOException {
        load(1, OPTED_OUT);
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            assertThat(night(sandbox)).isZero();
        }

        assertThat(suppress("list")).isZero();
        assertThat(prompt.out()).contains("purchase:1", "Adjust answered 451").doesNotContain(OPTED_OUT);
        assertThat(suppress("list", "--json")).isZero();
        assertThat(prompt.out())
                .contains("\"count\" : 1", "\"identifier\" : \"gps_adid\"", "\"row_id\" : 1", "\"who\" : null")
                .doesNotContain(OPTED_OUT);
    }

    @Test
    void addsAllIdentifiersOfARow() throws IOException {
        load(1, DEVICE);
        JdbcClient.create(database.dataSource())
                .sql("UPDATE warehouse.purchase SET parameters = '{\"android_id\": \"abcdef0123456789\"}'")
                .update();

        assertThat(suppress("add", "--row", "purchase:1", "--because", "asked"))
                .as(prompt.err())
                .isZero();
        assertThat(prompt.out()).contains("by 2 identifiers.");
        assertThat(suppress("remove", "--app", APP, "--identifier", "android_id=ABCDEF0123456789", "--because", "x"))
                .isZero();
        assertThat(suppress("add", "--row", "purchase:1", "--because", "asked", "--json"))
                .isZero();
        assertThat(prompt.out().replaceAll("\\s", "")).isEqualTo("{\"app_token\":\"" + APP + "\",\"added\":1}");
        assertThat(suppress("remove", "--row", "purchase:1", "--because", "x", "--json"))
                .isZero();
        assertThat(prompt.out().replaceAll("\\s", "")).isEqualTo("{\"app_token\":\"" + APP + "\",\"removed\":2}");
    }

    @Test
    void doesNothingAboutADeviceThatIsNotThere() throws IOException {
        assertThat(suppress("remove", "--app", APP, "--identifier", "gps_adid=" + DEVICE, "--because", "a mistake"))
                .isEqualTo(2);
        assertThat(prompt.err())
                .startsWith("That device is not on the list of app " + APP + ". Nothing was done.")
                .doesNotContain(DEVICE);
        assertThat(suppress("add", "--row", "purchase:99", "--because", "asked"))
                .isEqualTo(2);
        assertThat(prompt.err()).startsWith("There is no row purchase:99 in the warehouse. Nothing was done.");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            --because x                                             | Say which device: --app TOKEN --identifier NAME=VALUE, or --row KIND:ID.
            --app kq3x8v2m5nlc --because x                          | Say which device
            --app kq3x8v2m5nlc --identifier idfa=5ecret             | Missing required option: '--because=TEXT'
            --app 5ecret --identifier idfa=5ecret --because x       | --app must be an app token of 12 letters or digits
            --row purchase:1 --identifier idfa=5ecret --because x   | leave out --app and --identifier
            --app kq3x8v2m5nlc --identifier 5ecret --because x      | --identifier must be NAME=VALUE in one word
            --app kq3x8v2m5nlc --identifier idfa 5ecret --because x | write --identifier NAME=VALUE in one word
            --app kq3x8v2m5nlc --idfa=5ecret --because x            | write --identifier NAME=VALUE in one word
            --app kq3x8v2m5nlc --identifier ifda=5ecret --because x | no device identifier's name; there are idfa, gps_adid
            --app kq3x8v2m5nlc --identifier idfa=5ecret --because x | the value of idfa must be a UUID
            """)
    void saysWhatIsWrongWithoutRepeatingTheIdentifier(String arguments, String message) {
        assertThat(suppress(Stream.concat(Stream.of("add"), Stream.of(arguments.split(" ")))
                        .toArray(String[]::new)))
                .isEqualTo(2);
        assertThat(prompt.err()).contains(message).doesNotContain("5ecret");
        assertThat(prompt.out()).isEmpty();
    }

    @Test
    void startsNothingWithAnotherKeyThanTheListWasMadeWith() throws IOException {
        String key = "--privacy.hash-key=a t0psecret of length";
        assertThat(suppress("add", "--app", APP, "--identifier", "gps_adid=" + DEVICE, "--because", "asked", key))
                .isZero();
        load(1, DEVICE);

        try (Sandbox sandbox = Sandbox.start(SandboxSettings.defaults())) {
            assertThat(night(sandbox)).isEqualTo(2);
            assertThat(prompt.err())
                    .contains("with a key from privacy.hash-key, which is not set now", "Nothing was done.");
            assertThat(night(sandbox, "--privacy.hash-key=another t0psecret")).isEqualTo(2);
            assertThat(prompt.err())
                    .contains("another key than privacy.hash-key says", "What to do: set privacy.hash-key")
                    .doesNotContain("t0psecret");
            assertThat(sandbox.tally().requests()).isZero();
            assertThat(night(sandbox, key)).as(prompt.err()).isZero();
            assertThat(sandbox.tally().requests()).isZero();
        }
        assertThat(suppress("remove", "--row", "purchase:1", "--because", "a mistake"))
                .isEqualTo(2);
        assertThat(suppress("list", "--privacy.hash-key=t0psecret")).isEqualTo(2);
        assertThat(prompt.err())
                .startsWith("privacy.hash-key must have at least 16 characters")
                .doesNotContain("t0psecret");
    }

    /** Purchases of these devices. */
    private void load(long firstId, String... devices) throws IOException {
        StringBuilder rows =
                new StringBuilder("id,app_token,environment,occurred_at,event_token,revenue,currency,gps_adid\n");
        for (int i = 0; i < devices.length; i++) {
            rows.append("%d,%s,production,%s,p4yone,9.99,EUR,%s%n"
                    .formatted(firstId + i, APP, Instant.now().minusSeconds(60 - i), devices[i]));
        }
        Path file = Files.writeString(directory.resolve("rows.csv"), rows);
        assertThat(prompt.run("load", file.toString(), "--kind", "purchase"))
                .as(prompt.err())
                .isZero();
    }

    private int night(Sandbox sandbox, String... settings) {
        return prompt.night(sandbox, directory, settings);
    }

    private int suppress(String... arguments) {
        return prompt.run(
                Stream.concat(Stream.of("suppress"), Stream.of(arguments)).toArray(String[]::new));
    }
}
