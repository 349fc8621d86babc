package io.adjustbatch.cli;

import io.adjustbatch.audit.RowHalt;
import io.adjustbatch.audit.RowLife;
import io.adjustbatch.ledger.RowState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a row stands where it does, and what a person can do about it; the same for people and for scripts. */
final class LifeVerdict {

    private static final String RUN = RootCommand.INVOCATION + " run";

    private LifeVerdict() {}

    /** Half a sentence: begins in lower case, has no full stop. */
    static String why(RowLife life) {
        RowLife.Entry last = life.last();
        String why = own(life);
        if (life.isUnexplained()) {
            return why + (last == null ? ", but the journal has no entry of it" : ", but the journal says otherwise");
        }
        RowHalt halt = life.halt();
        if (halt != null && halt.scope() != null) {
            return why + Printable.of(", but run %d halted %s: %s".formatted(halt.runId(), halt.scope(), halt.cause()));
        }
        String said = last == null || life.state() == RowState.HELD ? "" : said(last);
        return said.isEmpty() ? why : why + " (" + Printable.of(said) + ")";
    }

    private static String own(RowLife life) {
        return switch (life.state()) {
            case PENDING -> life.entries().isEmpty() ? "no run has taken it up yet" : "it is to be sent";
            case SENDING -> "its request left, or was about to, and no answer is recorded yet";
            case DEFERRED -> "it is due at " + text(life.nextAttemptAt());
            case HELD -> "it waits for row " + life.heldBy();
            case IN_DOUBT -> "Adjust may have counted it, or not";
            case SENT -> "Adjust took it";
            case DUPLICATE -> "it had been reported before";
            case REJECTED -> "Adjust refused it";
            case INVALID -> "it cannot be sent as it is";
            case SUPPRESSED -> "its user has opted out";
            case EXPIRED -> "it is older than Adjust takes";
        };
    }

    /** What an entry says in words: Adjust's message, our reason, or both; may be empty. */
    static String said(RowLife.Entry entry) {
        String message = entry.message() == null ? "" : "\"" + entry.message() + "\"";
        String reason = Objects.requireNonNullElse(entry.reason(), "");
        return message.isEmpty() || reason.isEmpty() ? message + reason : message + "; " + reason;
    }

    /** Whole sentences, at least one; a command stands at the end of its sentence. */
    static List<String> next(RowLife life) {
        if (life.isUnexplained()) {
            return List.of("Change nothing by hand. Whether the books balance, and where not, says: "
                    + RootCommand.INVOCATION + " reconcile");
        }
        return switch (life.state()) {
            case PENDING, DEFERRED -> untilSent(life);
            case SENDING ->
                List.of("If run " + life.runId()
                        + " still works, wait. If it died, the next one puts the row in doubt: " + RUN);
            case HELD ->
                List.of("See what it waits for: %s explain %s %d"
                        .formatted(RootCommand.INVOCATION, life.kind().key(), life.heldBy()));
            case IN_DOUBT ->
                List.of(("Look it up in Adjust's raw data, then record what you found: %s in-doubt resolve --row %s"
                                + " --as sent|not-sent --because TEXT")
                        .formatted(RootCommand.INVOCATION, name(life)));
            case SENT, DUPLICATE -> List.of("Nothing: it is settled.");
            case REJECTED, INVALID ->
                replayed(
                        life,
                        "It is settled, and in rejected.csv of its run.",
                        "Once its cause is mended, it can go again");
            case SUPPRESSED ->
                replayed(
                        life,
                        ("Nothing, unless its user has opted in again. Then take the device off the list: %s suppress remove"
                                        + " --row %s --because TEXT")
                                .formatted(RootCommand.INVOCATION, name(life)),
                        "After that it can go again");
            case EXPIRED ->
                List.of("Nothing: it is settled, and in rejected.csv of its run. Adjust takes no row of that age.");
        };
    }

    private static List<String> untilSent(RowLife life) {
        RowHalt halt = life.halt();
        return halt == null
                ? List.of("Nothing, if runs are started every night. At once: " + RUN)
                : List.of(Printable.of(halt.remedy()), "When that is mended, the next run sends it: " + RUN);
    }

    /** What Adjust has counted before is never replayed, whatever state that was made here. */
    private static List<String> replayed(RowLife life, String first, String when) {
        RowLife.Entry last = life.last();
        String errorClass = last == null ? null : last.errorClass();
        String replay = errorClass == null || errorClass.equals("DUPLICATE")
                ? null
                : "%s, and with it the others of its class: %s replay --class %s --kind %s --because TEXT"
                        .formatted(
                                when,
                                RootCommand.INVOCATION,
                                errorClass,
                                life.kind().key());
        return Stream.of(first, replay).filter(Objects::nonNull).toList();
    }

    /** Such as {@code purchase:4711}. */
    static String name(RowLife life) {
        return life.kind().key() + ":" + life.rowId();
    }

    static String text(@Nullable Instant time) {
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
