package io.adjustbatch.audit;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.warehouse.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one run that the database has counted together.
 *
 * @param share their state, cause, number and money; of one currency
 * @param fault the fault of configuration that left them open; null if none did
 * @param carried an earlier run staged them
 * @param touched the run changed them
 * @param late how many are marked late
 * @param attempts of theirs that ended in the run or before; 0 if the run did not touch them
 * @param underWay how many left in this run and have no recorded end
 */
record RowGroup(
        Share share, @Nullable Fault fault, boolean carried, boolean touched, long late, long attempts, long underWay) {

    private static final String FAULTS =
            Fault.CLASSES.stream().sorted().map("'%s'"::formatted).collect(Collectors.joining(", "));

    private static final String SQL = """
            SELECT state, error_class, http_status, message, currency, carried, touched,
                touched AND error_class IN (%2$s) AS fault,
                CASE WHEN touched AND error_class IN (%2$s)
                    THEN app_token END AS app_token,
                CASE WHEN touched AND error_class = 'EVENT_TOKEN_FAULT' THEN event_token END AS event_token,
                count(*) AS row_count, sum(revenue) AS revenue, count(*) FILTER (WHERE late) AS late,
                sum(attempts_ended) FILTER (WHERE touched) AS attempts,
                sum(attempts - attempts_ended) AS under_way
            FROM (%1$s) r
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
            """;

    /** The statement that counts the rows of a relation of {@link RunRows}. */
    static String count(String rows) {
        return SQL.formatted(rows, FAULTS);
    }

    static RowGroup of(ResultSet row, Kind kind) throws SQLException {
        Share share = new Share(
                RowState.valueOf(row.getString("state")),
                row.getString("error_class"),
                row.getObject("http_status", Integer.class),
                row.getString("message"),
                tally(row));
        return new RowGroup(
                share,
                row.getBoolean("fault") ? fault(row, kind, share) : null,
                row.getBoolean("carried"),
                row.getBoolean("touched"),
                row.getLong("late"),
                row.getLong("attempts"),
                row.getLong("under_way"));
    }

    static Tally tally(ResultSet row) throws SQLException {
        return Tally.of(row.getLong("row_count"), row.getString("currency"), row.getBigDecimal("revenue"));
    }

    RowState state() {
        return share.state();
    }

    /** One share for each state and cause, all currencies together. */
    static List<Share> shares(List<RowGroup> groups) {
        Map<Share, Tally> tallies = new LinkedHashMap<>();
        groups.stream()
                .map(RowGroup::share)
                .forEach(share -> tallies.merge(share.with(Tally.NONE), share.tally(), Tally::plus));
        return tallies.entrySet().stream()
                .map(entry -> entry.getKey().with(entry.getValue()))
                .sorted(Share.ORDER)
                .toList();
    }

    /** One for each fault, all currencies together. */
    static List<Fault> faults(List<RowGroup> groups) {
        Map<Fault, Long> rows = new LinkedHashMap<>();
        for (RowGroup group : groups) {
            if (group.fault != null) {
                rows.merge(group.fault, group.share.tally().rows(), Long::sum);
            }
        }
        return rows.entrySet().stream()
                .map(entry -> entry.getKey().with(entry.getValue()))
                .sorted(Fault.ORDER)
                .toList();
    }

    static Tally sum(List<RowGroup> groups, Predicate<RowGroup> chosen) {
        return groups.stream().filter(chosen).map(group -> group.share.tally()).reduce(Tally.NONE, Tally::plus);
    }

    private static Fault fault(ResultSet row, Kind kind, Share share) throws SQLException {
        return new Fault(
                kind,
                row.getString("error_class"),
                row.getString("app_token"),
                row.getString("event_token"),
                share.httpStatus(),
                share.message(),
                0);
    }
}
