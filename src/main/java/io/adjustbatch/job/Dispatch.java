package io.adjustbatch.job;

import io.adjustbatch.adjust.AdjustRequest;
import io.adjustbatch.ledger.OpenRow;
import io.adjustbatch.ledger.Settlement;
import io.adjustbatch.policy.Target;

/** What is to be done with an open row. */
sealed interface Dispatch {

    /** The row in question. */
    OpenRow row();

    /** Send it. */
    record Send(OpenRow row, AdjustRequest request, Target target) implements Dispatch {

        /** The same row, to be sent again. */
        Send after(Settlement settlement) {
            return new Send(row.afterAttempt(settlement), request, target);
        }
    }

    /** Record that it is not sent, or not yet. */
    record Settle(OpenRow row, Settlement settlement) implements Dispatch {}
}
