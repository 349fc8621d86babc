package io.adjustbatch.audit.page;

import io.adjustbatch.audit.Account;
import io.adjustbatch.audit.Figures;
import io.adjustbatch.audit.KindSummary;
import io.adjustbatch.audit.Period;
import io.adjustbatch.audit.PeriodSummary;
import io.adjustbatch.audit.RunSummary;
import io.adjustbatch.audit.Tally;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.Run;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.ledger.RunState;
import io.adjustbatch.warehouse.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What happened, in a heading, a sentence and a few facts.
 *
 * @param name what the report is about: a run, or days
 * @param verdict how it ended, in two or three words
 * @param tone of the verdict: {@code good}, {@code warning}, {@code bad} or {@code neutral}
 * @param sentence rows and money
 * @param reason why the run ended as it did; empty if it simply finished
 */
record Headline(String name, String verdict, String tone, String sentence, String reason, List<Fact> facts) {

    private static final int CURRENCIES = 4;

    /** A figure and its name. */
    record Fact(String name, String value) {}

    static Headline of(Account account) {
        return account instanceof RunSummary run ? ofRun(run) : ofPeriod((PeriodSummary) account);
    }

    private static Headline ofRun(RunSummary summary) {
        Run run = summary.run();
        boolean doubt = summary.total(KindSummary::inDoubt).rows() > 0;
        return new Headline(
                "Run " + run.runId(),
                verdict(run.state()) + (doubt && run.state() == RunState.COMPLETED ? ", rows in doubt" : ""),
                tone(run.state(), doubt),
                sentence(summary),
                Objects.requireNonNullElse(run.reason(), ""),
                facts(summary));
    }

    private static Headline ofPeriod(PeriodSummary summary) {
        Period period = summary.period();
        boolean balanced = summary.total(KindSummary::difference).isNothing();
        return new Headline(
                period.from() + " to " + period.to(),
                balanced ? "Books balance" : "Books do not balance",
                balanced ? "good" : "bad",
                sentence(summary),
                "",
                List.of(
                        new Fact("First day", String.valueOf(period.from())),
                        new Fact("Last day", String.valueOf(period.to())),
                        new Fact("Requests", Figures.number(summary.requests()))));
    }

    private static String sentence(Account account) {
        Tally sent = account.in(RowState.SENT);
        Tally refused = account.total(KindSummary::refused);
        Tally inDoubt = account.total(KindSummary::inDoubt);
        Tally waiting = account.total(KindSummary::waiting);
        String money = Figures.money(sent, CURRENCIES);
        StringBuilder sentence = new StringBuilder("Adjust took ").append(Figures.rows(sent.rows()));
        if (!money.isEmpty()) {
            sentence.append(", worth ").append(money);
        }
        sentence.append(". ");
        List<String> others = new ArrayList<>();
        add(others, refused, "refused");
        add(others, inDoubt, "in doubt");
        add(others, waiting, "waiting for a later run");
        return sentence.append(others.isEmpty() ? "Nothing was refused and nothing waits." : sentence(others) + ".")
                .toString();
    }

    private static String sentence(List<String> parts) {
        int last = parts.size() - 1;
        return last == 0 ? parts.get(0) : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    private static void add(List<String> others, Tally tally, String words) {
        if (tally.rows() > 0) {
            String verb = words.equals("refused")
                    ? (tally.rows() == 1 ? "was " : "were ")
                    : tally.rows() == 1 ? "is " : "are ";
            others.add((others.isEmpty() ? Figures.rows(tally.rows()) : Figures.number(tally.rows())) + " " + verb
                    + words);
        }
    }

    private static List<Fact> facts(RunSummary summary) {
        Run run = summary.run();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Started, UTC", Figures.time(run.startedAt())));
        if (run.endedAt() != null) {
            facts.add(new Fact("Ended, UTC", Figures.time(run.endedAt())));
        }
        if (summary.duration() != null) {
            facts.add(new Fact("Took", Figures.duration(Objects.requireNonNull(summary.duration()))));
        }
        facts.add(new Fact("Requests", Figures.number(summary.requests())));
        Double pace = summary.rowsPerSecond();
        if (pace != null) {
            facts.add(new Fact("Rows a second", String.format(Locale.ROOT, "%,.0f", pace)));
        }
        String options = summary.terms() == null ? "" : words(summary.terms().options());
        if (!options.isEmpty()) {
            facts.add(new Fact("Options", options));
        }
        if (run.exitCode() != null) {
            facts.add(new Fact("Exit code", run.exitCode().toString()));
        }
        facts.add(new Fact("Host", run.host()));
        return facts;
    }

    /** Empty if it was asked to do everything. */
    private static String words(RunOptions options) {
        List<String> words = new ArrayList<>();
        if (options.kinds().size() < Kind.values().length) {
            words.add(
                    "kinds " + options.kinds().stream().sorted().map(Kind::key).collect(Collectors.joining(", ")));
        }
        if (options.limit() != null) {
            words.add("at most " + Figures.rows(options.limit()) + " of each kind");
        }
        if (options.until() != null) {
            words.add("until " + Figures.time(options.until()));
        }
        return String.join("; ", words);
    }

    private static String verdict(RunState state) {
        return switch (state) {
            case RUNNING -> "Not finished";
            case COMPLETED -> "Finished";
            case HALTED -> "Halted";
            case STOPPED -> "Stopped";
            case FAILED -> "Failed";
            case ABANDONED -> "Died";
        };
    }

    private static String tone(RunState state, boolean doubt) {
        return switch (state) {
            case RUNNING -> "neutral";
            case COMPLETED -> doubt ? "warning" : "good";
            case STOPPED -> "warning";
            case HALTED, FAILED, ABANDONED -> "bad";
        };
    }
}
