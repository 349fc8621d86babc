package io.adjustbatch.adjust;

import org.jspecify.annotations.Nullable;

/**
 * Adjust takes IPv4 addresses only (dev.adjust.com, "S2S events"). An address is a help to Adjust, not the point of a
 * row: whatever else a column holds is left out rather than refused.
 */
final class Ipv4 {

    private static final String MAPPED = "::ffff:";

    private Ipv4() {}

    /**
     * The IPv4 address in a text: plain, with PostgreSQL's {@code /32}, or mapped into IPv6 ({@code ::ffff:192.0.2.1});
     * null if it holds none.
     */
    static @Nullable String in(String text) {
        String address = text.strip();
        if (address.regionMatches(true, 0, MAPPED, 0, MAPPED.length())) {
            address = address.substring(MAPPED.length());
        }
        if (address.endsWith("/32")) {
            address = address.substring(0, address.length() - 3);
        }
        return isDottedQuad(address) ? address : null;
    }

    private static boolean isDottedQuad(String address) {
        int octets = 0;
        int start = 0;
        while (start <= address.length()) {
            int dot = address.indexOf('.', start);
            int end = dot < 0 ? address.length() : dot;
            if (!isOctet(address, start, end)) {
                return false;
            }
            octets++;
            start = end + 1;
        }
        return octets == 4;
    }

    private static boolean isOctet(String address, int start, int end) {
        int length = end - start;
        if (length < 1 || length > 3 || (length > 1 && address.charAt(start) == '0')) {
            return false;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            if (!Characters.isDigit(address.charAt(i))) {
                return false;
            }
            value = value * 10 + address.charAt(i) - '0';
        }
        return value <= 255;
    }
}
