package io.adjustbatch.ledger;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which key the hashes of opted-out devices are made with: the configured one, else one that is made once and kept in
 * the table {@code privacy_key}. That table also remembers the key of the list by a fingerprint, so that a list is never
 * read with another key. Threads may share it.
 */
public final class PrivacyKeys {

    private final JdbcClient jdbc;
    private final @Nullable PrivacyKey configured;

    /** @param configured null if no setting gives one */
    public PrivacyKeys(JdbcClient jdbc, @Nullable PrivacyKey configured) {
        this.jdbc = jdbc;
        this.configured = configured;
    }

    /**
     * The key. As long as nobody is on the list, it may be another one each time. To be called first with the lock held.
     *
     * @throws OtherPrivacyKeyException if the list was made with another key
     */
    public PrivacyKey inUse() {
        Kept kept = kept();
        if (kept == null || !fits(kept)) {
            PrivacyKey key = configured == null ? PrivacyKey.random() : configured;
            keep(key);
            kept = kept();
        }
        if (kept == null) {
            throw new IllegalStateException("the privacy key was removed while it was read");
        }
        return kept.secret == null || configured != null ? configured(kept) : new PrivacyKey(kept.secret);
    }

    private boolean fits(Kept kept) {
        return configured == null ? kept.secret != null : Arrays.equals(kept.fingerprint, configured.fingerprint());
    }

    private PrivacyKey configured(Kept kept) {
        if (configured == null) {
            throw OtherPrivacyKeyException.isMissing();
        }
        if (!fits(kept)) {
            throw OtherPrivacyKeyException.differs(kept.secret != null);
        }
        return configured;
    }

    /** Replaces the key that is kept only while there is no hash that was made with it. */
    private void keep(PrivacyKey key) {
        jdbc.sql("""
                        INSERT INTO adjust_batch.privacy_key AS k (fingerprint, secret, kept_since)
                        VALUES (:fingerprint, :secret::bytea, now())
                        ON CONFLICT (only_row) DO UPDATE
                        SET fingerprint = excluded.fingerprint, secret = excluded.secret, kept_since = excluded.kept_since
                        WHERE NOT EXISTS (SELECT FROM adjust_batch.suppressed_device)""")
                .param("fingerprint", key.fingerprint())
                .param("secret", configured == null ? key.secret() : null)
                .update();
    }

    private @Nullable Kept kept() {
        return jdbc.sql("SELECT fingerprint, secret FROM adjust_batch.privacy_key")
                .query((result, row) -> new Kept(result.getBytes("fingerprint"), result.getBytes("secret")))
                .optional()
                .orElse(null);
    }

    /** @param secret null if the key was configured */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(byte[] fingerprint, byte @Nullable [] secret) {}
}
