package io.adjustbatch.audit.page;

import io.adjustbatch.audit.Account;
import io.adjustbatch.audit.Figures;
import io.adjustbatch.audit.KindSummary;
import io.adjustbatch.audit.Tally;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The statement of account, a table a kind: what came in, what became of it, what is open, and that nothing is missing. */
final class AccountTables {

    private static final int CURRENCIES = 12;

    private AccountTables() {}

    /** One for each kind that has something to tell. */
    static List<PageTable> of(Account account) {
        return account.kinds().stream()
                .filter(kind -> !kind.carriedIn()
                        .plus(kind.staged())
                        .plus(kind.reopened())
                        .plus(kind.totalSettled())
                        .isNothing())
                .map(AccountTables::table)
                .toList();
    }

    /** A kind as a heading. */
    static String words(Kind kind) {
        return switch (kind) {
            case SESSION -> "Sessions";
            case PURCHASE -> "Purchases";
            case AD_REVENUE -> "Ad revenue";
        };
    }

    static String words(RowState state) {
        String words = state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static PageTable table(KindSummary kind) {
        List<String> currencies = currencies(kind);
        PageTable table = new PageTable(
                "account-" + kind.kind().key().replace('_', '-'),
                words(kind.kind()),
                note(kind),
                PageTable.columns(
                        PageTable.text("Entry"),
                        Stream.concat(
                                        Stream.of("Rows"),
                                        currencies.stream().limit(CURRENCIES).map(Figures::currency))
                                .map(PageTable::number)));
        List<String> shown = currencies.stream().limit(CURRENCIES).toList();
        new Writer(table, shown).write(kind);
        return table;
    }

    private static @Nullable String note(KindSummary kind) {
        int more = currencies(kind).size() - CURRENCIES;
        return more > 0 ? more + " more currencies are in summary.json." : null;
    }

    private static List<String> currencies(KindSummary kind) {
        SortedSet<String> currencies =
                new TreeSet<>(Comparator.comparing(String::isEmpty).thenComparing(Comparator.naturalOrder()));
        Stream.of(kind.carriedIn(), kind.staged(), kind.reopened(), kind.totalSettled(), kind.totalOpen())
                .forEach(tally -> currencies.addAll(tally.money().keySet()));
        return List.copyOf(currencies);
    }

    /** Fills one table. */
    private record Writer(PageTable table, List<String> currencies) {

        void write(KindSummary kind) {
            line("", "Open before", kind.carriedIn());
            line("", "New", kind.staged());
            lineIfAny("Reopened by a person", kind.reopened());
            line("total", "To account for", kind.carriedIn().plus(kind.staged()).plus(kind.reopened()));
            line("", "Sent", kind.in(RowState.SENT));
            Stream.of(RowState.values())
                    .filter(state -> state.isFinal() && state != RowState.SENT)
                    .forEach(state -> lineIfAny(words(state), kind.in(state)));
            line("total", "Settled", kind.totalSettled());
            lineIfAny("In doubt", kind.inDoubt());
            Stream.of(RowState.PENDING, RowState.DEFERRED, RowState.HELD)
                    .forEach(state -> lineIfAny(words(state), kind.in(state)));
            line("total", "Open at the end", kind.totalOpen());
            boolean balanced = kind.difference().isNothing();
            line(balanced ? "balanced" : "alarm", balanced ? "Difference" : "Not accounted for", kind.difference());
        }

        private void lineIfAny(String name, Tally tally) {
            if (!tally.isNothing()) {
                line("", name, tally);
            }
        }

        private void line(String style, String name, Tally tally) {
            List<String> cells = new ArrayList<>(List.of(name, Figures.number(tally.rows())));
            currencies.forEach(
                    currency -> cells.add(Figures.money(tally.money().getOrDefault(currency, BigDecimal.ZERO))));
            table.add(style, cells);
        }
    }
}
