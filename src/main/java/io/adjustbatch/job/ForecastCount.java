package io.adjustbatch.job;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.audit.Tally;
import io.adjustbatch.job.Forecast.Example;
import io.adjustbatch.job.Forecast.Fate;
import io.adjustbatch.job.Forecast.Prospect;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.Settlement;
import io.adjustbatch.ledger.UpcomingRow;
import io.adjustbatch.ledger.UpcomingRow.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Counts what would become of rows; sends those that are due through the steps that a run would take. For one thread. */
final class ForecastCount {

    private static final int EXAMPLES_OF_A_FATE = 10;

    private final DispatchItemProcessor processor;
    private final UnaryOperator<Iterable<? extends Dispatch>> silence;
    private final Map<Long, UpcomingRow> chunkRows = new HashMap<>();
    private final List<Dispatch> chunk = new ArrayList<>();
    private final TreeMap<Fate, Tally> tallies = new TreeMap<>();
    private final Map<Fate, TreeMap<Long, Example>> examples = new TreeMap<>();

    /** @param silence settles the rows of opted-out devices */
    ForecastCount(DispatchItemProcessor processor, UnaryOperator<Iterable<? extends Dispatch>> silence) {
        this.processor = processor;
        this.silence = silence;
    }

    void add(UpcomingRow row) {
        if (row.standing() == Standing.LEFT_OUT) {
            count(row, Prospect.LEFT_OUT, null);
        } else if (row.standing() == Standing.WAITING) {
            count(row, Prospect.WAITING, null);
        } else if (row.standing() == Standing.REPEATED) {
            refuse(row, ErrorClass.REPEATED_TRANSACTION, "another row reports its transaction");
        } else if (row.open() == null) {
            refuse(row, ErrorClass.INVALID_ROW, Objects.requireNonNullElse(row.fault(), "occurred_at is missing"));
        } else {
            chunk.add(processor.process(row.open()));
            chunkRows.put(row.rowId(), row);
            if (chunk.size() == SendPartition.CHUNK_SIZE) {
                finishKind();
            }
        }
    }

    /** To be called after the last row of each kind. */
    void finishKind() {
        silence.apply(chunk).forEach(dispatch -> {
            UpcomingRow row =
                    Objects.requireNonNull(chunkRows.get(dispatch.row().rowId()));
            if (dispatch instanceof Dispatch.Settle settle) {
                settle(row, settle.settlement());
            } else {
                count(row, Prospect.SENT, null);
            }
        });
        chunk.clear();
        chunkRows.clear();
    }

    Forecast forecast() {
        return new Forecast(
                tallies,
                examples.values().stream()
                        .flatMap(some -> some.values().stream())
                        .toList());
    }

    private void settle(UpcomingRow row, Settlement settlement) {
        if (settlement.to() == RowState.DEFERRED) {
            count(row, Prospect.WAITING, settlement.errorClass());
        } else {
            refuse(row, settlement.errorClass(), Objects.requireNonNullElse(settlement.reason(), ""));
        }
    }

    private void refuse(UpcomingRow row, ErrorClass errorClass, String reason) {
        count(row, Prospect.REFUSED, errorClass);
        TreeMap<Long, Example> some =
                examples.computeIfAbsent(new Fate(row.kind(), Prospect.REFUSED, errorClass), fate -> new TreeMap<>());
        some.put(row.rowId(), new Example(row.kind(), row.rowId(), errorClass, reason));
        if (some.size() > EXAMPLES_OF_A_FATE) {
            some.pollLastEntry();
        }
    }

    private void count(UpcomingRow row, Prospect prospect, @Nullable ErrorClass errorClass) {
        tallies.merge(
                new Fate(row.kind(), prospect, errorClass), Tally.of(1, row.currency(), row.revenue()), Tally::plus);
    }
}
