package io.adjustbatch.job;

import io.adjustbatch.ledger.RefusedRows.Group;
import java.util.List;

/**
 * What a replay would do, and what would then become of the rows as far as it is known here.
 *
 * @param groups the rows by kind, state and currency; empty if there are none
 * @param late rows that have a later row of their lane that was sent: they would go out of order
 * @param lateAreRefused whether the next run would refuse those for it
 * @param tooOld rows past Adjust's age limit by now: they would only expire again
 * @param suppressed rows whose device is on the list of the opted-out: they would only be suppressed again
 * @param repeated rows whose transaction another row has reported, or may have: they would only be refused again
 */
public record ReplayPreview(
        List<Group> groups, long late, boolean lateAreRefused, long tooOld, long suppressed, long repeated) {

    public ReplayPreview {
        groups = List.copyOf(groups);
    }

    /** How many rows there are. */
    public long rows() {
        return groups.stream().mapToLong(Group::rows).sum();
    }
}
