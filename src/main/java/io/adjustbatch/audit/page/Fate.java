package io.adjustbatch.audit.page;

import io.adjustbatch.ledger.RowState;
import java.util.Locale;

/** What a reader wants to know of a row first. */
enum Fate {
    /** Adjust took it. */
    SENT("Sent"),
    /** Settled, and not counted now: refused by Adjust or by us, too old, opted out, or counted before. */
    REFUSED("Refused"),
    /** Adjust may have counted it; a person must decide. */
    IN_DOUBT("In doubt"),
    /** A later run sees to it. */
    WAITING("Waiting");

    private final String words;

    Fate(String words) {
        this.words = words;
    }

    static Fate of(RowState state) {
        if (state == RowState.SENT) {
            return SENT;
        }
        if (state.isFinal()) {
            return REFUSED;
        }
        return state == RowState.IN_DOUBT || state == RowState.SENDING ? IN_DOUBT : WAITING;
    }

    /** As a heading. */
    String words() {
        return words;
    }

    /** As a name in the page's style sheet. */
    String style() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
