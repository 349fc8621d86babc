package io.adjustbatch.adjust;

/** How device identifiers are written, whatever the case of their letters. */
enum IdentifierShape {
    UUID("a UUID: 32 hexadecimal digits in groups of 8-4-4-4-12"),
    /** An {@code android_id}; up to Android 7 the system left out leading zeros. */
    SHORT_HEX("16 hexadecimal digits without hyphens"),
    DIGEST_32("32 hexadecimal digits without hyphens"),
    DIGEST_40("40 hexadecimal digits without hyphens"),
    IMEI_DIGITS("14 to 16 digits without hyphens"),
    MEID_DIGITS("14 hexadecimal digits without hyphens"),
    TEXT("a text");

    private final String description;

    IdentifierShape(String description) {
        this.description = description;
    }

    /** For people: "must be …". */
    String description() {
        return description;
    }

    boolean holds(String text) {
        return switch (this) {
            case UUID -> isUuid(text);
            case SHORT_HEX -> isHex(text, 10, 16);
            case DIGEST_32 -> isHex(text, 32, 32);
            case DIGEST_40 -> isHex(text, 40, 40);
            case IMEI_DIGITS -> isHex(text, 14, 16) && Characters.areDigits(text);
            case MEID_DIGITS -> isHex(text, 14, 14);
            case TEXT -> true;
        };
    }

    private static boolean isHex(String text, int shortest, int longest) {
        return text.length() >= shortest && text.length() <= longest && Characters.areHexDigits(text);
    }

    private static boolean isUuid(String text) {
        if (text.length() != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? text.charAt(i) != '-' : !Characters.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
