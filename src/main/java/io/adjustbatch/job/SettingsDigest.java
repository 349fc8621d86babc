package io.adjustbatch.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A fingerprint of settings, by which two runs can be told to have had the same. */
final class SettingsDigest {

    private SettingsDigest() {}

    /** SHA-256, in hexadecimal, over the settings' text, which holds no secret. */
    static String of(Object... settings) {
        try {
            byte[] text = Arrays.toString(settings).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
