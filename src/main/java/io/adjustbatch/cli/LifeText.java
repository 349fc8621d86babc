package io.adjustbatch.cli;

import io.adjustbatch.audit.RowLife;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The life of a row on one screen. */
final class LifeText {

    private LifeText() {}

    static String of(RowLife life, Colours colours) {
        String next = LifeVerdict.next(life).stream().map("  %s%n"::formatted).collect(Collectors.joining());
        return "%s is %s: %s%n%n%s%n%s%nWhat next:%n%s"
                .formatted(
                        LifeVerdict.name(life),
                        colours.paint(Tone.of(life.state()), SummaryTable.words(life.state())),
                        LifeVerdict.why(life),
                        facts(life),
                        history(life).in(colours),
                        next);
    }

    private static TextTable facts(RowLife life) {
        TextTable table = new TextTable()
                .add("app", Objects.requireNonNullElse(life.appToken(), "missing"))
                .add("environment", Objects.requireNonNullElse(life.environment(), "missing"));
        addIfPresent(table, "event token", life.eventToken());
        addIfPresent(table, "transaction", life.transactionId());
        table.add("time", life.occurredAt() == null ? "missing" : LifeVerdict.text(life.occurredAt()));
        if (life.revenue() != null) {
            table.add("money", life.revenue().toPlainString() + " " + Objects.requireNonNullElse(life.currency(), ""));
        }
        table.add("attempts", attempts(life));
        addIfPresent(
                table, "next attempt", life.nextAttemptAt() == null ? null : LifeVerdict.text(life.nextAttemptAt()));
        addIfPresent(table, "repeats", life.repeats() == null ? null : "row " + life.repeats());
        addIfPresent(table, "late", life.late() ? "yes: a later row of its device was sent before it came" : null);
        return table;
    }

    private static String attempts(RowLife life) {
        return life.lastAttemptAt() == null
                ? "none"
                : life.attempts() + ", the last at " + LifeVerdict.text(life.lastAttemptAt());
    }

    private static void addIfPresent(TextTable table, String name, @Nullable String value) {
        if (value != null) {
            table.add(name, value);
        }
    }

    private static TextTable history(RowLife life) {
        TextTable table = new TextTable()
                .add("when", "run", "attempt", "became", "class", "answer", "by", "why")
                .add(
                        LifeVerdict.text(life.stagedAt()),
                        Long.toString(life.stagedRunId()),
                        "",
                        "pending",
                        "",
                        "",
                        "",
                        "staged");
        Deque<RowLife.Restaging> restagings = new ArrayDeque<>(life.restagings());
        for (RowLife.Entry entry : life.entries()) {
            while (!restagings.isEmpty() && restagings.element().at().isBefore(entry.at())) {
                add(table, restagings.remove());
            }
            add(table, entry);
        }
        restagings.forEach(restaging -> add(table, restaging));
        return table;
    }

    private static void add(TextTable table, RowLife.Restaging restaging) {
        String before = restaging.before().isEmpty() ? "" : ": " + restaging.before();
        table.add(
                LifeVerdict.text(restaging.at()),
                Long.toString(restaging.runId()),
                "",
                "",
                "",
                "",
                "",
                "staged anew, as the warehouse has it by then" + before);
    }

    private static void add(TextTable table, RowLife.Entry entry) {
        table.add(
                        LifeVerdict.text(entry.at()),
                        entry.runId() == null ? "" : entry.runId().toString(),
                        entry.attempt() == 0 ? "" : Integer.toString(entry.attempt()),
                        SummaryTable.words(entry.state()),
                        Objects.requireNonNullElse(entry.errorClass(), ""),
                        entry.httpStatus() == null ? "" : entry.httpStatus().toString(),
                        entry.who() == null ? entry.decidedBy() : entry.who(),
                        LifeVerdict.said(entry))
                .paint(3, Tone.of(entry.state()));
    }
}
