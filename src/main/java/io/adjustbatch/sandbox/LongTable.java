package io.adjustbatch.sandbox;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * A map of longs to longs at 21 to 43 bytes an entry, free places included, so that ten million rows fit a
 * small heap.
 *
 * <p>Keys are {@link Keys hashes}. Threads may share it: 64 stripes, each with a lock that is held for one probe.
 */
final class LongTable {

    /** What {@link #get} and {@link #update} give for a key that has no value; no value itself. */
    static final long ABSENT = Long.MIN_VALUE;

    private static final int STRIPES = 64;

    private final Stripe[] stripes = new Stripe[STRIPES];

    LongTable() {
        Arrays.setAll(stripes, i -> new Stripe());
    }

    long get(long key) {
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            return stripe.values[stripe.place(key)];
        }
    }

    /**
     * Replaces the key's value by the operator's answer, atomically.
     *
     * @param change gets the old value or {@link #ABSENT}; whatever it returns is stored
     * @return the old value or {@link #ABSENT}
     */
    long update(long key, LongUnaryOperator change) {
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            return stripe.update(key, change);
        }
    }

    /** How many keys have a value; exact only while nothing is being written. */
    long size() {
        long size = 0;
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                size += stripe.size;
            }
        }
        return size;
    }

    private Stripe stripe(long key) {
        return stripes[(int) (key >>> 58)];
    }

    /** Open addressing with linear probing, at most three quarters full. */
    private static final class Stripe {

        private long[] keys = new long[16];
        private long[] values = absent(16);
        private int size;

        private int place(long key) {
            int mask = keys.length - 1;
            int place = (int) key & mask;
            while (values[place] != ABSENT && keys[place] != key) {
                place = (place + 1) & mask;
            }
            return place;
        }

        private long update(long key, LongUnaryOperator change) {
            int place = place(key);
            long before = values[place];
            long after = change.applyAsLong(before);
            keys[place] = key;
            values[place] = after;
            if (before == ABSENT && after != ABSENT && ++size * 4 > keys.length * 3) {
                grow();
            }
            return before;
        }

        private void grow() {
            long[] oldKeys = keys;
            long[] oldValues = values;
            keys = new long[oldKeys.length * 2];
            values = absent(keys.length);
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldValues[i] != ABSENT) {
                    int place = place(oldKeys[i]);
                    keys[place] = oldKeys[i];
                    values[place] = oldValues[i];
                }
            }
        }

        private static long[] absent(int length) {
            long[] values = new long[length];
            Arrays.fill(values, ABSENT);
            return values;
        }
    }
}
