package io.adjustbatch.audit;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.warehouse.Kind;
import java.util.List;
import java.util.function.Predicate;

/**
 * What one run did with the rows of one kind.
 *
 * <p>It is a statement of account: what the run {@link #carriedIn() found open}, {@link #staged()} and was
 * {@link #reopened() given back} equals what it {@link #settled()} and what is {@link #open()} at its end. A
 * {@link #difference()} says that the books disagree.
 *
 * @param carriedIn open when the run began
 * @param staged taken in by this run, as counted at staging
 * @param reopened final before, and made pending again by a person
 * @param leftOut what a first staging did not take in
 * @param settled the rows that this run, or a person since the run before, decided for good
 * @param open the rows that are not final at the run's end, whoever touched them last
 * @param faults the faults of configuration that left rows open
 * @param expiring open rows that Adjust will refuse for their age within three days, unless they are sent before
 * @param late rows sent after a later one of their lane
 * @param requests that left in this run, retries included
 */
public record KindSummary(
        Kind kind,
        Tally carriedIn,
        Tally staged,
        Tally reopened,
        LeftOut leftOut,
        List<Share> settled,
        List<Share> open,
        List<Fault> faults,
        long expiring,
        long late,
        long requests) {

    public KindSummary {
        settled = List.copyOf(settled);
        open = List.copyOf(open);
        faults = List.copyOf(faults);
    }

    /** The rows in that state: settled by this run if it is final, open at its end if it is not. */
    public Tally in(RowState state) {
        return sum(state.isFinal() ? settled : open, share -> share.state() == state);
    }

    /** All rows that the run settled. */
    public Tally totalSettled() {
        return sum(settled, share -> true);
    }

    /** The settled rows that were not sent, whatever the reason. */
    public Tally refused() {
        return sum(settled, share -> share.state() != RowState.SENT);
    }

    /** All rows open at the run's end. */
    public Tally totalOpen() {
        return sum(open, share -> true);
    }

    /** The rows that wait for a person: in doubt, or on the wire when their run died. */
    public Tally inDoubt() {
        return sum(open, KindSummary::waitsForPerson);
    }

    /** The rows that a later run will see to: pending, deferred, held. */
    public Tally waiting() {
        return sum(open, share -> !waitsForPerson(share));
    }

    /** What came in less what is accounted for; nothing, unless the books disagree or a row was staged anew. */
    public Tally difference() {
        return carriedIn.plus(staged).plus(reopened).minus(totalSettled()).minus(totalOpen());
    }

    private static boolean waitsForPerson(Share share) {
        return share.state() == RowState.IN_DOUBT || share.state() == RowState.SENDING;
    }

    private static Tally sum(List<Share> shares, Predicate<Share> chosen) {
        return shares.stream().filter(chosen).map(Share::tally).reduce(Tally.NONE, Tally::plus);
    }
}
