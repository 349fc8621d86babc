package io.adjustbatch.cli;

import io.adjustbatch.audit.RunSummary;
import io.adjustbatch.audit.Share;
import io.adjustbatch.audit.Tally;
import io.adjustbatch.ledger.RowState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why rows of a run were not sent, a line a cause. */
final class Causes {

    private Causes() {}

    /** The most frequent first; empty if every row was sent. */
    static String table(RunSummary summary) {
        Map<Share, Long> rows = summary.kinds().stream()
                .flatMap(kind -> Stream.concat(kind.settled().stream(), kind.open().stream()))
                .filter(share -> share.state() != RowState.SENT)
                .collect(Collectors.groupingBy(
                        share -> share.with(Tally.NONE),
                        Collectors.summingLong(share -> share.tally().rows())));
        if (rows.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable().add("not sent, why", "status", "answer", "rows");
        rows.entrySet().stream()
                .sorted(Map.Entry.<Share, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(entry -> String.valueOf(entry.getKey())))
                .forEach(entry -> table.add(cells(entry.getKey(), entry.getValue())));
        return table.toString();
    }

    private static List<String> cells(Share share, long rows) {
        return List.of(
                SummaryTable.words(share.state()) + ": "
                        + Objects.requireNonNullElse(share.errorClass(), "not tried yet"),
                share.httpStatus() == null ? "" : share.httpStatus().toString(),
                share.message() == null ? "" : share.message(),
                SummaryTable.number(rows));
    }
}
