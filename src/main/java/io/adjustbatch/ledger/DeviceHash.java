package io.adjustbatch.ledger;

/**
 * A device identifier as the ledger may keep it.
 *
 * @param identifier its name, such as {@code gps_adid}
 * @param hex HMAC-SHA-256 over name and value under the {@link PrivacyKey}: 64 hexadecimal digits
 */
public record DeviceHash(String identifier, String hex) {

    /** Shows the name alone. */
    @Override
    public String toString() {
        return "DeviceHash[" + identifier + "]";
    }
}
