package io.adjustbatch.adjust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.WarehouseRow;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceIdentityTests {

    private static final String IDFA = "AEBE52E7-03EE-455A-B3C4-E57283966239";

    @Test
    void readsEveryIdentifierOfARowWhereverItStands() {
        WarehouseRow row =
                row(Map.of("idfa", " " + IDFA + "\t", "os_name", "ios"), "{\"idfv\": \"ABC\", \"country\": \"de\"}");

        assertThat(DeviceIdentity.carriedBy(row))
                .containsExactly(
                        new DeviceIdentity("idfa", "aebe52e7-03ee-455a-b3c4-e57283966239"),
                        new DeviceIdentity("idfv", "abc"));
    }

    @Test
    void takesBlanksAndZerosForAbsent() {
        WarehouseRow row = row(
                Map.of("idfa", "00000000-0000-0000-0000-000000000000", "gps_adid", " "),
                "{\"external_device_id\": \"\"}");

        assertThat(DeviceIdentity.carriedBy(row)).isEmpty();
    }

    @Test
    void readsWhatCanBeReadOfBrokenParameters() {
        assertThat(DeviceIdentity.carriedBy(row(Map.of("adid", "A1"), "{\"idfa\": ")))
                .containsExactly(new DeviceIdentity("adid", "a1"));
    }

    @Test
    void isTheSameHoweverAPersonWritesIt() {
        assertThat(DeviceIdentity.of(" IDFA", IDFA + " "))
                .isEqualTo(DeviceIdentity.of("idfa", IDFA.toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource(quoteCharacter = '"', textBlock = """
            ifda,     5ecret-value, there are idfa
            5ecret,   5ecret-value, there are idfa
            gps_adid, 5ecret-value, must be a UUID
            imei,     5ecret-value, must be 14 to 16 digits
            idfa,     00000000-0000-0000-0000-000000000000, is blank or all zeros
            adid,     " ",          is blank or all zeros
            """)
    void refusesWhatNamesNoDeviceWithoutRepeatingIt(String name, String value, String message) {
        assertThatThrownBy(() -> DeviceIdentity.of(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("5ecret");
    }

    @Test
    void neverShowsTheValue() {
        assertThat(DeviceIdentity.of("idfa", IDFA).toString()).isEqualTo("DeviceIdentity[idfa]");
    }

    private static WarehouseRow row(Map<String, String> parameters, @Nullable String further) {
        return new WarehouseRow(
                Kind.SESSION,
                1,
                "app",
                "production",
                null,
                null,
                null,
                null,
                null,
                new TreeMap<>(parameters),
                null,
                null,
                further);
    }
}
