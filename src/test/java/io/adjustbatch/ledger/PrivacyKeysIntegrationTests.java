package io.adjustbatch.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adjustbatch.adjust.DeviceIdentity;
import io.adjustbatch.testing.TestDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PrivacyKeysIntegrationTests {

    private static final PrivacyKey FIRST = new PrivacyKey("0123456789abcdef".getBytes(UTF_8));
    private static final PrivacyKey SECOND = new PrivacyKey("0123456789abcdeF".getBytes(UTF_8));

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private final Books books = new Books(DATABASE);

    @Test
    void makesAKeyOnceAndKeepsIt() {
        DeviceHash hash = hash(keys(null).inUse());

        assertThat(hash(keys(null).inUse())).isEqualTo(hash);
        assertThat(books.count("adjust_batch.privacy_key WHERE octet_length(secret) = 32"))
                .isEqualTo(1);
    }

    @Test
    void neverStoresAConfiguredKey() {
        assertThat(hash(keys(FIRST).inUse())).isEqualTo(hash(FIRST));
        assertThat(books.count("adjust_batch.privacy_key WHERE secret IS NULL")).isEqualTo(1);
    }

    @Test
    void takesAnotherKeyWhileNobodyIsOnTheList() {
        keys(null).inUse();

        assertThat(hash(keys(FIRST).inUse())).isEqualTo(hash(FIRST));
        assertThat(hash(keys(SECOND).inUse())).isEqualTo(hash(SECOND));
        assertThat(hash(keys(null).inUse())).isNotEqualTo(hash(SECOND));
    }

    @Test
    void refusesAnotherKeyThanTheListWasMadeWith() {
        suppressSomebody(keys(FIRST).inUse());

        assertThatThrownBy(() -> keys(SECOND).inUse())
                .isInstanceOf(OtherPrivacyKeyException.class)
                .hasMessageContaining("another key than privacy.hash-key says")
                .hasMessageContaining("set privacy.hash-key, or privacy.hash-key-file, as it was")
                .hasMessageNotContaining("0123456789");
        assertThatThrownBy(() -> keys(null).inUse())
                .isInstanceOf(OtherPrivacyKeyException.class)
                .hasMessageContaining("which is not set now");
        assertThat(hash(keys(FIRST).inUse())).isEqualTo(hash(FIRST));
    }

    @Test
    void refusesAConfiguredKeyWhereTheListWasMadeWithItsOwn() {
        PrivacyKey own = keys(null).inUse();
        suppressSomebody(own);

        assertThatThrownBy(() -> keys(FIRST).inUse())
                .isInstanceOf(OtherPrivacyKeyException.class)
                .hasMessageContaining("leave out privacy.hash-key");
        assertThat(hash(keys(null).inUse())).isEqualTo(hash(own));
    }

    @Test
    void takesNoShortKeyAndShowsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PrivacyKey("0123456789abcde".getBytes(UTF_8)));
        assertThat(FIRST.toString()).isEqualTo("PrivacyKey[]");
    }

    private PrivacyKeys keys(@Nullable PrivacyKey configured) {
        return new PrivacyKeys(books.jdbc(), configured);
    }

    private void suppressSomebody(PrivacyKey key) {
        new SuppressedDevices(books.jdbc()).add("app1", List.of(hash(key)), "jo", "asked");
    }

    private static DeviceHash hash(PrivacyKey key) {
        return key.hasher().hash(new DeviceIdentity("idfa", "aaaa"));
    }
}
