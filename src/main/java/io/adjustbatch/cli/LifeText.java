package io.adjustbatch.cli;

import io.adjustbatch.audit.RowLife;
import io.adjustbatch.ledger.RowState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The life of a row on one screen. */
final class LifeText {

    private LifeText() {}

    static String of(RowLife life, Colours colours) {
        return "%s is %s: %s%n%n%s%n%s%nWhat next:%n  %s%n"
                .formatted(
                        name(life),
                        colours.paint(Tone.of(life.state()), lower(life.state())),
                        why(life),
                        facts(life),
                        history(life).in(colours),
                        next(life));
    }

    private static String name(RowLife life) {
        return life.kind().key() + ":" + life.rowId();
    }

    private static String why(RowLife life) {
        String own = switch (life.state()) {
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
        String said = life.entries().isEmpty()
                ? ""
                : said(life.entries().get(life.entries().size() - 1));
        return said.isEmpty() || life.state() == RowState.HELD ? own : own + " (" + said + ")";
    }

    private static String said(RowLife.Entry entry) {
        String message = entry.message() == null ? "" : "\"" + entry.message() + "\"";
        String reason = Objects.requireNonNullElse(entry.reason(), "");
        return message.isEmpty() || reason.isEmpty() ? message + reason : message + "; " + reason;
    }

    private static TextTable facts(RowLife life) {
        TextTable table = new TextTable()
                .add("app", Objects.requireNonNullElse(life.appToken(), "missing"))
                .add("environment", Objects.requireNonNullElse(life.environment(), "missing"));
        addIfPresent(table, "event token", life.eventToken());
        addIfPresent(table, "transaction", life.transactionId());
        table.add("time", life.occurredAt() == null ? "missing" : text(life.occurredAt()));
        if (life.revenue() != null) {
            table.add("money", life.revenue().toPlainString() + " " + Objects.requireNonNullElse(life.currency(), ""));
        }
        table.add("attempts", attempts(life));
        addIfPresent(table, "next attempt", life.nextAttemptAt() == null ? null : text(life.nextAttemptAt()));
        addIfPresent(table, "repeats", life.repeats() == null ? null : "row " + life.repeats());
        addIfPresent(table, "late", life.late() ? "yes: a later row of its device was sent before it came" : null);
        return table;
    }

    private static String attempts(RowLife life) {
        return life.lastAttemptAt() == null ? "none" : life.attempts() + ", the last at " + text(life.lastAttemptAt());
    }

    private static void addIfPresent(TextTable table, String name, @Nullable String value) {
        if (value != null) {
            table.add(name, value);
        }
    }

    private static TextTable history(RowLife life) {
        TextTable table = new TextTable()
                .add("when", "run", "attempt", "became", "class", "answer", "by", "why")
                .add(text(life.stagedAt()), Long.toString(life.stagedRunId()), "", "pending", "", "", "", "staged");
        for (RowLife.Entry entry : life.entries()) {
            table.add(
                            text(entry.at()),
                            entry.runId() == null ? "" : entry.runId().toString(),
                            entry.attempt() == 0 ? "" : Integer.toString(entry.attempt()),
                            lower(entry.state()),
                            Objects.requireNonNullElse(entry.errorClass(), ""),
                            entry.httpStatus() == null ? "" : entry.httpStatus().toString(),
                            entry.who() == null ? entry.decidedBy() : entry.who(),
                            said(entry))
                    .paint(3, Tone.of(entry.state()));
        }
        return table;
    }

    private static String next(RowLife life) {
        return switch (life.state()) {
            case PENDING, DEFERRED ->
                "Nothing, if runs are started every night. At once: " + RootCommand.INVOCATION + " run";
            case SENDING ->
                "If run " + life.runId() + " still works, wait. If it died, the next one puts the row in doubt: "
                        + RootCommand.INVOCATION + " run";
            case HELD ->
                "See what it waits for: %s explain %s %d"
                        .formatted(RootCommand.INVOCATION, life.kind().key(), life.heldBy());
            case IN_DOUBT ->
                ("Look it up in Adjust's raw data, then record what you found:%n  %s in-doubt resolve --row %s --as sent|not-sent"
                                + " --because TEXT")
                        .formatted(RootCommand.INVOCATION, name(life));
            case SENT, DUPLICATE -> "Nothing: it is settled.";
            case REJECTED, INVALID ->
                "It is settled, and in rejected.csv of its run."
                        + replay(life, "Once its cause is mended, it can go again");
            case SUPPRESSED ->
                "Nothing, unless its user has opted in again. Then take the device off the list (suppress remove --row "
                        + name(life) + ")." + replay(life, "After that it can go again");
            case EXPIRED -> "Nothing: it is settled, and in rejected.csv of its run. Adjust takes no row of that age.";
        };
    }

    /** What Adjust has counted before is never replayed, whatever state that was made here. */
    private static String replay(RowLife life, String when) {
        String errorClass = life.entries().get(life.entries().size() - 1).errorClass();
        if (errorClass == null || errorClass.equals("DUPLICATE")) {
            return "";
        }
        return "%n  %s, and with it the others of its class: %s replay --class %s --kind %s --because TEXT"
                .formatted(when, RootCommand.INVOCATION, errorClass, life.kind().key());
    }

    private static String lower(RowState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String text(@Nullable Instant time) {
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
