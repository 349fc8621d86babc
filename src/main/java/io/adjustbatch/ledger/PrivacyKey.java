package io.adjustbatch.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret without which nobody can tell whose device a hash names, not even by trying all devices there are. Never
 * shown. Immutable: threads may share it.
 */
public final class PrivacyKey {

    /** Shorter keys could be guessed. */
    public static final int FEWEST_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] FINGERPRINTED = "adjust-batch privacy key".getBytes(UTF_8);
    private static final int FINGERPRINT_BYTES = 8;

    private final byte[] secret;

    /** @throws IllegalArgumentException if it has fewer than {@link #FEWEST_BYTES} bytes */
    public PrivacyKey(byte[] secret) {
        if (secret.length < FEWEST_BYTES) {
            throw new IllegalArgumentException("a privacy key has at least " + FEWEST_BYTES + " bytes");
        }
        this.secret = secret.clone();
    }

    /** A key that nobody knows. */
    static PrivacyKey random() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new PrivacyKey(secret);
    }

    /** Hashes under this key; one for each thread. */
    public DeviceHasher hasher() {
        return new DeviceHasher(mac());
    }

    /** By what another key is told from this one; says nothing about the key itself. */
    byte[] fingerprint() {
        return Arrays.copyOf(mac().doFinal(FINGERPRINTED), FINGERPRINT_BYTES);
    }

    /** The key itself, to be kept where no other is configured. */
    byte[] secret() {
        return secret.clone();
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Shows nothing of it. */
    @Override
    public String toString() {
        return "PrivacyKey[]";
    }
}
