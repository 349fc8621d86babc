package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.adjustbatch.adjust.DeviceIdentity;
import io.adjustbatch.ledger.DeviceHash;
import io.adjustbatch.ledger.PrivacyKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivacySettingsTests {

    private static final String SECRET = "a t0psecret of length";

    @TempDir
    private Path directory;

    @Test
    void meansTheSameKeyWithASettingAndWithAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("key"), " " + SECRET + "\nsecond line\n");

        assertThat(hash(new PrivacySettings(null, file).key()))
                .isEqualTo(hash(new PrivacySettings(SECRET, null).key()));
    }

    @Test
    void needsNone() {
        assertThat(new PrivacySettings(" ", Path.of("")).key()).isNull();
    }

    @Test
    void refusesBothAShortKeyAndAMissingFileWithoutShowingTheKey() throws IOException {
        Path file = Files.writeString(directory.resolve("key"), "t0psecret");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PrivacySettings(SECRET, file))
                .withMessage("privacy.hash-key and privacy.hash-key-file exclude each other: set one of them");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PrivacySettings("t0psecret", null))
                .withMessageStartingWith("privacy.hash-key must have at least 16 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PrivacySettings(null, file))
                .withMessageStartingWith("privacy.hash-key-file " + file)
                .withMessageNotContaining("t0psecret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PrivacySettings(null, directory.resolve("none")))
                .withMessageContaining("cannot be read (NoSuchFileException)");
    }

    @Test
    void showsNoKey() {
        assertThat(new PrivacySettings(SECRET, null).toString()).isEqualTo("PrivacySettings[a key]");
    }

    private static DeviceHash hash(@Nullable PrivacyKey key) {
        return Objects.requireNonNull(key).hasher().hash(new DeviceIdentity("idfa", "aaaa"));
    }
}
