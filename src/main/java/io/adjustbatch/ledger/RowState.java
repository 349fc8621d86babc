package io.adjustbatch.ledger;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a row stands. The table's CHECKs know the same names; {@link #successors()} lists the only transitions there
 * are, and the statements that write the ledger match on the state they come from.
 */
public enum RowState {
    /**
     * To be sent as soon as it is its turn, or not before {@code next_attempt_at}. The send step moves it on; nobody
     * else need act.
     */
    PENDING,
    /**
     * Its request is about to leave or has left, and no answer is recorded yet. Lasts no longer than a request's
     * timeout. After a crash the next run's recovery makes it {@link #IN_DOUBT}, a session {@link #PENDING}.
     */
    SENDING,
    /** To be sent in a later run, at {@code next_attempt_at}: Adjust could not take it yet. */
    DEFERRED,
    /** Waits until the earlier row of its lane named by {@code held_by} is settled. Recomputed, never stale. */
    HELD,
    /** Adjust may have counted it or not; never sent again until a person or evidence decides. */
    IN_DOUBT,
    /** Adjust took it. Final. */
    SENT,
    /** Adjust, or we, had counted it before. Final. */
    DUPLICATE,
    /** Adjust refused it. Final, until replayed. */
    REJECTED,
    /** Refused locally, with a reason. Final, until replayed. */
    INVALID,
    /** Its device opted out. Final, until replayed. */
    SUPPRESSED,
    /** Past the age limit before it could be sent. Final, until replayed. */
    EXPIRED;

    private static final Set<RowState> FINAL =
            Set.copyOf(EnumSet.of(SENT, DUPLICATE, REJECTED, INVALID, SUPPRESSED, EXPIRED));

    /** Whether the row is settled for good: {@code finalized_at} is set if and only if this is true. */
    public boolean isFinal() {
        return FINAL.contains(this);
    }

    /**
     * The states that a row may enter from this one. From the refused ones back to {@link #PENDING} only by replay, and
     * from {@link #DUPLICATE} only if it was found locally.
     */
    public Set<RowState> successors() {
        return switch (this) {
            case PENDING -> EnumSet.of(SENDING, INVALID, EXPIRED, SUPPRESSED, DUPLICATE, HELD, DEFERRED);
            case SENDING -> EnumSet.of(SENT, DUPLICATE, REJECTED, SUPPRESSED, DEFERRED, IN_DOUBT, PENDING);
            case DEFERRED -> EnumSet.of(PENDING, EXPIRED, SUPPRESSED, HELD);
            case HELD -> EnumSet.of(PENDING, EXPIRED, SUPPRESSED);
            case IN_DOUBT -> EnumSet.of(SENT, PENDING);
            case REJECTED, INVALID, EXPIRED, SUPPRESSED, DUPLICATE -> EnumSet.of(PENDING);
            case SENT -> EnumSet.noneOf(RowState.class);
        };
    }
}
