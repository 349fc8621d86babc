package io.adjustbatch.ledger;

import io.adjustbatch.adjust.AgeLimit;
import io.adjustbatch.warehouse.Kind;
import java.time.Duration;
import java.util.Optional;

/** When an open row is so old that a person should see to it before Adjust refuses it for its age. */
public final class Expiry {

    private static final Duration NOTICE = Duration.ofDays(3);

    private Expiry() {}

    /** The age from which a row has at most three days left; empty if rows of this kind never become too old. */
    public static Optional<Duration> warningAge(Kind kind) {
        return AgeLimit.maxAge(kind).map(age -> age.minus(NOTICE));
    }
}
