package io.adjustbatch.sandbox;

/**
 * Texts as 64-bit keys: FNV-1a with a final mix. Among ten million texts two share a key with a probability of
 * about 3 in a million.
 */
final class Keys {

    private Keys() {}

    /** The key of these texts in this order; {@code ("ab", "c")} and {@code ("a", "bc")} differ. */
    static long of(String... texts) {
        long hash = 0xcbf29ce484222325L;
        for (String text : texts) {
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ 0x1_0000L) * 0x100000001b3L;
        }
        return mix(hash);
    }

    /** The finalizer of SplitMix64: every bit of the answer depends on every bit of the number. */
    static long mix(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
