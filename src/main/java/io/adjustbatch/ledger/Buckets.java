package io.adjustbatch.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of the 256 shares into which the rows of a kind fall. A lane lies in one bucket, so whoever works on a range
 * has its lanes alone.
 *
 * @param first at least 0
 * @param end exclusive, at most {@value #COUNT}
 */
public record Buckets(int first, int end) {

    /** Into how many shares the ledger divides each kind. */
    public static final int COUNT = 256;

    public Buckets {
        if (first < 0 || end > COUNT || first >= end) {
            throw new IllegalArgumentException("no range of buckets: " + first + " to " + end);
        }
    }

    /** All of them. */
    public static Buckets all() {
        return new Buckets(0, COUNT);
    }

    /**
     * The ranges of that many workers, as even as can be.
     *
     * @param workers 1 to {@value #COUNT}
     */
    public static List<Buckets> divide(int workers) {
        List<Buckets> ranges = new ArrayList<>(workers);
        for (int i = 0; i < workers; i++) {
            ranges.add(new Buckets(COUNT * i / workers, COUNT * (i + 1) / workers));
        }
        return List.copyOf(ranges);
    }
}
