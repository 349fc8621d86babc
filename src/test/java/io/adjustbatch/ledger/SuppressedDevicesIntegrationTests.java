package io.adjustbatch.ledger;

import static io.adjustbatch.ledger.DeliveriesIntegrationTests.open;
import static io.adjustbatch.ledger.DeliveriesIntegrationTests.settlement;
import static io.adjustbatch.warehouse.Kind.PURCHASE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.adjustbatch.adjust.DeviceIdentity;
import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.ledger.SuppressedDevices.DeviceOfApp;
import io.adjustbatch.ledger.SuppressedDevices.Entry;
import io.adjustbatch.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** The list of opted-out devices, and how answers get onto it. */
class SuppressedDevicesIntegrationTests {

    private static final Instant NOON = Instant.parse("2026-02-28T12:00:00Z");

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private final Books books = new Books(DATABASE);
    private final SuppressedDevices devices = new SuppressedDevices(books.jdbc());
    private final Deliveries deliveries = new Deliveries(books.jdbcTemplate());
    private final DeviceHasher hasher = new PrivacyKey("a key of 16 bytes".getBytes(UTF_8)).hasher();
    private final DeviceHash idfa = hash("idfa", "aaaa");
    private final DeviceHash adid = hash("adid", "aaaa");

    @Test
    void hashesNameAndValueUnderTheKey() {
        // printf 'idfa\0aaaa' | openssl dgst -sha256 -hmac 'a key of 16 bytes'
        assertThat(idfa.hex()).isEqualTo("773213e908869f22a4220550d96eb01e09b2276b0ff088fb87ad878bec272c7f");
        assertThat(adid.hex()).isNotEqualTo(idfa.hex());
        assertThat(hash("idfa", "aaaa")).isEqualTo(idfa);
        assertThat(new PrivacyKey("another key, long".getBytes(UTF_8))
                        .hasher()
                        .hash(new DeviceIdentity("idfa", "aaaa"))
                        .hex())
                .isNotEqualTo(idfa.hex());
    }

    @Test
    void keepsADeviceFromTheMomentItsAnswerIsSettled() {
        onTheWire(1);

        deliveries.record(PURCHASE, books.run(), List.of(optedOut(1)), List.of(), List.of(optOut(1, "answered 451")));

        assertThat(books.state(PURCHASE, 1)).isEqualTo("SUPPRESSED");
        assertThat(devices.isEmpty()).isFalse();
        assertThat(devices.count("app1")).isEqualTo(2);
        assertThat(devices.list(null, 10))
                .extracting(Entry::appToken, Entry::identifier, Entry::by, Entry::runId, Entry::because)
                .containsExactly(
                        tuple("app1", "adid", "purchase:1", books.run().runId(), "answered 451"),
                        tuple("app1", "idfa", "purchase:1", books.run().runId(), "answered 451"));
    }

    @Test
    void recordsTheDeviceAndTheSettlementTogetherOrNeither() {
        onTheWire(1);
        onTheWire(2);
        Settlement impossible = new Settlement(
                2, RowState.SENDING, 1, RowState.REJECTED, 5, ErrorClass.ROW_FAULT, 400, null, null, null, null);

        assertThatThrownBy(() -> deliveries.record(
                        PURCHASE,
                        books.run(),
                        List.of(optedOut(1), impossible),
                        List.of(),
                        List.of(optOut(1, "answered 451"))))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("delivery_tries_within_attempts");
        assertThat(devices.isEmpty()).isTrue();

        assertThatThrownBy(() -> deliveries.record(
                        PURCHASE, books.run(), List.of(optedOut(1)), List.of(), List.of(optOut(1, null))))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("because");
        assertThat(books.state(PURCHASE, 1)).isEqualTo("SENDING");
    }

    @Test
    void keepsTheFirstEntryOfADeviceThatOptsOutTwice() {
        onTheWire(1);
        onTheWire(2);

        deliveries.record(
                PURCHASE,
                books.run(),
                List.of(optedOut(1), optedOut(2)),
                List.of(open(3, 0)),
                List.of(optOut(1, "first"), optOut(2, "second")));
        onTheWire(4);
        deliveries.record(PURCHASE, books.run(), List.of(optedOut(4)), List.of(), List.of(optOut(4, "third")));

        assertThat(devices.count(null)).isEqualTo(2);
        assertThat(devices.list(null, 10)).extracting(Entry::because).doesNotContain("third");
        assertThat(books.state(PURCHASE, 4)).isEqualTo("SUPPRESSED");
    }

    @Test
    void findsThoseThatAreListedForTheSameAppAlone() {
        devices.add("app1", List.of(idfa), "jo", "asked");
        DeviceOfApp listed = new DeviceOfApp("app1", idfa);

        assertThat(devices.among(List.of(listed, new DeviceOfApp("app2", idfa), new DeviceOfApp("app1", adid))))
                .containsOnlyKeys(listed)
                .hasEntrySatisfying(listed, entry -> assertThat(entry.by()).isEqualTo("jo"));
        assertThat(devices.among(List.of())).isEmpty();
    }

    @Test
    void remembersWhoTookADeviceOffTheList() {
        devices.add("app1", List.of(idfa, adid), "jo", "asked");

        assertThat(devices.add("app1", List.of(idfa), "al", "asked again")).isZero();
        assertThat(devices.remove("app2", List.of(idfa), "al", "a mistake")).isZero();
        assertThat(devices.remove("app1", List.of(idfa), "al", "a mistake")).isEqualTo(1);

        assertThat(devices.list("app1", 10)).extracting(Entry::identifier).containsExactly("adid");
        assertThat(books.count("adjust_batch.suppression_removal WHERE app_token = 'app1' AND identifier = 'idfa'"
                        + " AND who = 'al' AND because = 'a mistake'"))
                .isEqualTo(1);
    }

    @Test
    void listsTheGivenNumberAndCountsAll() {
        devices.add("app1", List.of(idfa, adid), "jo", "asked");
        devices.add("app2", List.of(idfa), "jo", "asked");

        assertThat(devices.list(null, 2)).hasSize(2);
        assertThat(devices.count(null)).isEqualTo(3);
        assertThat(devices.count("app2")).isEqualTo(1);
    }

    private DeviceHash hash(String name, String value) {
        return hasher.hash(new DeviceIdentity(name, value));
    }

    private void onTheWire(long rowId) {
        books.ledgerRow(PURCHASE, rowId, rowId, NOON);
        books.putInto(RowState.SENDING, PURCHASE, rowId);
    }

    private static Settlement optedOut(long rowId) {
        return settlement(rowId, RowState.SENDING, 1, RowState.SUPPRESSED);
    }

    @SuppressWarnings("NullAway") // what the table refuses
    private OptOut optOut(long rowId, @Nullable String because) {
        return new OptOut("app1", rowId, List.of(idfa, adid), because);
    }
}
