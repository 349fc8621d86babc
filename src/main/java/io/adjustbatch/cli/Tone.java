package io.adjustbatch.cli;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.RunState;
import org.jline.utils.AttributedStyle;

/** How urgent something is, as a colour of the terminal's own. Nothing is said by colour alone. */
enum Tone {
    NEUTRAL,
    GOOD,
    WARNING,
    BAD;

    AttributedStyle style() {
        return switch (this) {
            case NEUTRAL -> AttributedStyle.DEFAULT;
            case GOOD -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
            case WARNING -> AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
            case BAD -> AttributedStyle.BOLD.foreground(AttributedStyle.RED);
        };
    }

    static Tone of(RunState state) {
        return switch (state) {
            case RUNNING -> NEUTRAL;
            case COMPLETED -> GOOD;
            case STOPPED -> WARNING;
            case HALTED, FAILED, ABANDONED -> BAD;
        };
    }

    static Tone of(RowState state) {
        return switch (state) {
            case SENT -> GOOD;
            case IN_DOUBT, SENDING, REJECTED, INVALID -> WARNING;
            case PENDING, DEFERRED, HELD, DUPLICATE, SUPPRESSED, EXPIRED -> NEUTRAL;
        };
    }
}
