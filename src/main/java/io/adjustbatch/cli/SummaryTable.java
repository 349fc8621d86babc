package io.adjustbatch.cli;

import io.adjustbatch.audit.KindSummary;
import io.adjustbatch.audit.LeftOut;
import io.adjustbatch.audit.RunSummary;
import io.adjustbatch.audit.Tally;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.Run;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run on one screen: rows by kind, why rows were not sent, money, and what was left out. */
final class SummaryTable {

    private final RunSummary summary;
    private final Colours colours;

    SummaryTable(RunSummary summary, Colours colours) {
        this.summary = summary;
        this.colours = colours;
    }

    /** The whole text; paragraphs are separated by blank lines. */
    @Override
    public String toString() {
        return Stream.of(headline(), rows(), Causes.table(summary), money(), leftOut())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private String headline() {
        Run run = summary.run();
        StringBuilder line = new StringBuilder("Run ")
                .append(run.runId())
                .append(' ')
                .append(colours.paint(Tone.of(run.state()), words(run)));
        Duration duration = summary.duration();
        if (duration != null) {
            line.append(" after ").append(seconds(duration));
        }
        line.append(": ").append(number(summary.requests())).append(" requests");
        Double rate = summary.rowsPerSecond();
        if (rate != null) {
            line.append(", ").append(number(Math.round(rate))).append(" rows/s");
        }
        if (run.reason() != null) {
            line.append(System.lineSeparator()).append("Why: ").append(Printable.of(run.reason()));
        }
        return line + System.lineSeparator();
    }

    private static String words(Run run) {
        return switch (run.state()) {
            case RUNNING -> "is not finished";
            case COMPLETED -> "finished";
            case HALTED -> "halted";
            case STOPPED -> "was stopped";
            case FAILED -> "failed";
            case ABANDONED -> "died";
        };
    }

    private String rows() {
        TextTable table = new TextTable();
        List<String> head = new ArrayList<>(List.of("rows"));
        summary.kinds().forEach(kind -> head.add(kind.kind().key()));
        head.add("total");
        table.add(head);
        line(table, "open before", KindSummary::carriedIn);
        line(table, "new", KindSummary::staged);
        lineIfAny(table, "reopened by a person", KindSummary::reopened);
        for (RowState state : RowState.values()) {
            Function<KindSummary, Tally> figure = kind -> kind.in(state);
            if (state == RowState.SENT) {
                line(table, "sent", figure);
            } else if (state.isFinal()) {
                lineIfAny(table, words(state), figure);
            }
        }
        lineIfAny(table, "on the wire", kind -> kind.in(RowState.SENDING), Tone.WARNING);
        lineIfAny(table, "in doubt", kind -> kind.in(RowState.IN_DOUBT), Tone.WARNING);
        for (RowState state : List.of(RowState.PENDING, RowState.DEFERRED, RowState.HELD)) {
            lineIfAny(table, words(state), kind -> kind.in(state));
        }
        lineIfAny(table, "NOT ACCOUNTED FOR", KindSummary::difference, Tone.BAD);
        return table.in(colours);
    }

    private void lineIfAny(TextTable table, String name, Function<KindSummary, Tally> figure) {
        lineIfAny(table, name, figure, Tone.NEUTRAL);
    }

    private void lineIfAny(TextTable table, String name, Function<KindSummary, Tally> figure, Tone tone) {
        if (!summary.total(figure).isNothing()) {
            line(table, name, figure);
            table.paint(0, tone);
        }
    }

    private void line(TextTable table, String name, Function<KindSummary, Tally> figure) {
        List<String> cells = new ArrayList<>(List.of(name));
        summary.kinds().forEach(kind -> cells.add(number(figure.apply(kind).rows())));
        cells.add(number(summary.total(figure).rows()));
        table.add(cells);
    }

    private String money() {
        SortedMap<String, List<String>> lines = new TreeMap<>();
        List<Tally> columns = List.of(
                summary.total(kind -> kind.carriedIn().plus(kind.staged()).plus(kind.reopened())),
                summary.in(RowState.SENT),
                summary.total(KindSummary::refused),
                summary.total(KindSummary::inDoubt),
                summary.total(KindSummary::waiting));
        columns.forEach(column -> column.money().keySet().forEach(currency -> lines.put(currency, new ArrayList<>())));
        if (lines.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable().add("money", "to send", "sent", "not sent", "in doubt", "waiting");
        lines.forEach((currency, cells) -> {
            cells.add(currency(currency));
            columns.forEach(column -> cells.add(amount(column.money().getOrDefault(currency, BigDecimal.ZERO))));
            table.add(cells);
        });
        return table.toString();
    }

    private String leftOut() {
        TextTable table = new TextTable();
        for (KindSummary kind : summary.kinds()) {
            LeftOut leftOut = kind.leftOut();
            if (leftOut.tally().rows() > 0) {
                table.add(kind.kind().key(), number(leftOut.tally().rows()), amounts(leftOut.tally()), span(leftOut));
            }
        }
        return table.isEmpty()
                ? ""
                : "Left in the warehouse: too old for Adjust, or before warehouse.since" + System.lineSeparator()
                        + table;
    }

    private static String span(LeftOut leftOut) {
        return leftOut.firstAt() == null ? "" : "from " + leftOut.firstAt() + " to " + leftOut.lastAt();
    }

    /** Each amount with its currency, on one line. */
    static String amounts(Tally tally) {
        return tally.money().entrySet().stream()
                .filter(entry -> !entry.getKey().isEmpty() || entry.getValue().signum() != 0)
                .map(entry -> amount(entry.getValue()) + " " + currency(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    /** A state in lower-case words. */
    static String words(RowState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String amount(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.toPlainString();
    }

    private static String currency(String code) {
        return code.isEmpty() ? "(no currency)" : code;
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%,.1f s", duration.toMillis() / 1000.0);
    }
}
