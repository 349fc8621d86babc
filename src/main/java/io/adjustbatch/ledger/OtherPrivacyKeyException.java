package io.adjustbatch.ledger;

/** The list of opted-out devices was made with another key: with this one, none of them would be recognised. */
public final class OtherPrivacyKeyException extends RuntimeException {

    private OtherPrivacyKeyException(String message) {
        super(message);
    }

    /** A key is configured, and it is not the one. */
    static OtherPrivacyKeyException differs(boolean generated) {
        return new OtherPrivacyKeyException(message(
                "with another key than privacy.hash-key says",
                generated
                        ? "leave out privacy.hash-key and privacy.hash-key-file, for the key was made by Adjust Batch"
                        : "set privacy.hash-key, or privacy.hash-key-file, as it was"));
    }

    /** No key is configured, and the one that was is needed. */
    static OtherPrivacyKeyException isMissing() {
        return new OtherPrivacyKeyException(message(
                "with a key from privacy.hash-key, which is not set now",
                "set privacy.hash-key, or privacy.hash-key-file, as it was"));
    }

    private static String message(String made, String remedy) {
        return """
                The list of opted-out devices was made %s: none of them would be recognised, and all be contacted \
                again. Nothing was done.
                What to do: %s. If that key is lost, see "Opted-out devices" in the README.""".formatted(made, remedy);
    }
}
