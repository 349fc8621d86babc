package io.adjustbatch.audit;

import io.adjustbatch.ledger.Expiry;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.warehouse.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Counts one kind's rows of one run. Lives for one summary. */
final class KindCount {

    /** Rows that the run touched, as they stood before it. */
    private record Before(RowState state, Tally tally, long attempts) {}

    private final JdbcClient jdbc;
    private final Kind kind;
    private final Window window;

    KindCount(JdbcClient jdbc, Kind kind, Window window) {
        this.jdbc = jdbc;
        this.kind = kind;
        this.window = window;
    }

    KindSummary summary() {
        List<RowGroup> settled = groups(RunRows.settled(window));
        List<RowGroup> open = groups(RunRows.open(window));
        List<Before> before = before();
        Tally untouched = RowGroup.sum(open, group -> group.carried() && !group.touched());
        return new KindSummary(
                kind,
                untouched.plus(sum(before, state -> !state.isFinal())),
                staged(),
                sum(before, RowState::isFinal),
                leftOut(),
                RowGroup.shares(settled),
                RowGroup.shares(open),
                RowGroup.faults(open),
                expiring(),
                sentLate(settled),
                requests(settled)
                        + requests(open)
                        - before.stream().mapToLong(Before::attempts).sum());
    }

    private List<RowGroup> groups(String rows) {
        return statement(RowGroup.count(rows))
                .query((row, number) -> RowGroup.of(row, kind))
                .list();
    }

    private List<Before> before() {
        return statement("""
                        SELECT state, currency, count(*) AS row_count, sum(revenue) AS revenue, sum(attempts) AS attempts
                        FROM (%s) b GROUP BY state, currency
                        """.formatted(RunRows.before(window)))
                .query((row, number) -> new Before(
                        RowState.valueOf(row.getString("state")), RowGroup.tally(row), row.getLong("attempts")))
                .list();
    }

    private long expiring() {
        return Expiry.warningAge(kind).map(this::openFromAge).orElse(0L);
    }

    private long openFromAge(Duration age) {
        return statement("""
                        SELECT count(*) FROM (%s) o
                        WHERE o.occurred_at < least(:until, now()) - make_interval(secs => :age)""".formatted(RunRows.open(window)))
                .param("age", (double) age.toSeconds())
                .query(Long.class)
                .single();
    }

    private Tally staged() {
        return statement("""
                        SELECT currency, sum(row_count) AS row_count, sum(revenue) AS revenue
                        FROM adjust_batch.staged_total WHERE %s AND kind = :kind GROUP BY currency
                        """.formatted(window.stagedTotals()))
                .query((row, number) -> RowGroup.tally(row))
                .list()
                .stream()
                .reduce(Tally.NONE, Tally::plus);
    }

    private LeftOut leftOut() {
        return statement("""
                        SELECT currency, sum(row_count) AS row_count, sum(revenue) AS revenue,
                            min(first_at) AS first_at, max(last_at) AS last_at
                        FROM adjust_batch.left_out_total WHERE %s AND kind = :kind GROUP BY currency
                        """.formatted(window.leftOutTotals()))
                .query((row, number) -> new LeftOut(
                        RowGroup.tally(row),
                        RunSummaries.instant(row, "first_at"),
                        RunSummaries.instant(row, "last_at")))
                .list()
                .stream()
                .reduce(LeftOut.NOTHING, LeftOut::plus);
    }

    private StatementSpec statement(String sql) {
        return jdbc.sql(sql).param("kind", kind.key()).params(window.parameters());
    }

    private static Tally sum(List<Before> before, Predicate<RowState> chosen) {
        return before.stream()
                .filter(rows -> chosen.test(rows.state()))
                .map(Before::tally)
                .reduce(Tally.NONE, Tally::plus);
    }

    private static long sentLate(List<RowGroup> settled) {
        return settled.stream()
                .filter(group -> group.state() == RowState.SENT)
                .mapToLong(RowGroup::late)
                .sum();
    }

    private static long requests(List<RowGroup> groups) {
        return groups.stream()
                .mapToLong(group -> group.attempts() + group.underWay())
                .sum();
    }
}
