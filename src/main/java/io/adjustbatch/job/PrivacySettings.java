package io.adjustbatch.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.adjustbatch.ledger.PrivacyKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The key that opted-out devices are hashed with: {@code privacy.*} in {@code config/application.yml}.
 *
 * @param hashKey the key, at least 16 bytes as UTF-8; null if unset or blank: one is made and kept in the ledger
 * @param hashKeyFile a file whose first line is that key; null if unset or blank. Not together with {@code hashKey}
 */
@ConfigurationProperties(prefix = "privacy")
public record PrivacySettings(
        @Nullable String hashKey, @Nullable Path hashKeyFile) {

    /**
     * @throws IllegalArgumentException if both are set, the key is too short or the file cannot be read; the message starts
     *     with the setting's key and shows nothing of the secret
     */
    public PrivacySettings {
        hashKey = hashKey == null || hashKey.isBlank() ? null : hashKey.strip();
        hashKeyFile = hashKeyFile == null || hashKeyFile.toString().isBlank() ? null : hashKeyFile;
        if (hashKey != null && hashKeyFile != null) {
            throw new IllegalArgumentException(
                    "privacy.hash-key and privacy.hash-key-file exclude each other: set one of them");
        }
        key(hashKey, hashKeyFile);
    }

    /** The key; null if none is set. Reads the file anew. */
    @Nullable
    PrivacyKey key() {
        return key(hashKey, hashKeyFile);
    }

    private static @Nullable PrivacyKey key(@Nullable String hashKey, @Nullable Path file) {
        if (file != null) {
            return key("privacy.hash-key-file " + file + ": its first line", firstLine(file));
        }
        return hashKey == null ? null : key("privacy.hash-key", hashKey);
    }

    private static PrivacyKey key(String name, String text) {
        byte[] secret = text.getBytes(UTF_8);
        if (secret.length < PrivacyKey.FEWEST_BYTES) {
            throw new IllegalArgumentException(name + " must have at least " + PrivacyKey.FEWEST_BYTES
                    + " characters; \"openssl rand -hex 32\" makes a good key");
        }
        return new PrivacyKey(secret);
    }

    private static String firstLine(Path file) {
        try (var lines = Files.newBufferedReader(file, UTF_8)) {
            String line = lines.readLine();
            return line == null ? "" : line.strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "privacy.hash-key-file " + file + " cannot be read ("
                            + e.getClass().getSimpleName() + "): is it a text file, and may this user read it?",
                    e);
        }
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "PrivacySettings[" + (hashKey == null && hashKeyFile == null ? "no key" : "a key") + "]";
    }
}
