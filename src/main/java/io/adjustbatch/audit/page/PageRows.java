package io.adjustbatch.audit.page;

import io.adjustbatch.audit.Figures;
import io.adjustbatch.audit.ReportRow;
import io.adjustbatch.warehouse.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the page tells of single rows, gathered while they pass by on their way to the CSV files, so that page and files
 * cannot disagree and nothing is read twice. Its memory is bounded, whatever the rows. For one thread.
 */
public final class PageRows {

    /** Rows listed in a table of the page. */
    static final int LISTED = 1_000;

    private static final int MOST_KEYS = 10_000;
    private static final int LONGEST_NAME = 60;
    private static final Comparator<LocalDate> DAY = Comparator.nullsFirst(Comparator.naturalOrder());
    private static final Comparator<String> NAME = Comparator.nullsFirst(Comparator.naturalOrder());

    /**
     * Where money belongs.
     *
     * @param day on which its rows occurred, UTC; null for rows without a time
     * @param currency null for rows without money
     */
    record Slot(@Nullable LocalDate day, @Nullable String currency) {}

    /** An app's money of one currency; null as in {@link Slot}. */
    record AppSlot(@Nullable String app, @Nullable String currency) {}

    /** Rows of one day that were not sent for one cause. */
    record Cause(@Nullable LocalDate day, String errorClass) {}

    private final Sums<Slot> days =
            new Sums<>(MOST_KEYS, Comparator.comparing(Slot::day, DAY).thenComparing(Slot::currency, NAME));
    private final Sums<AppSlot> apps =
            new Sums<>(MOST_KEYS, Comparator.comparing(AppSlot::app, NAME).thenComparing(AppSlot::currency, NAME));
    private final Sums<Cause> causes =
            new Sums<>(MOST_KEYS, Comparator.comparing(Cause::day, DAY).thenComparing(Cause::errorClass));
    private final SortedMap<Instant, Long> minutes = new TreeMap<>();
    private final Map<Kind, List<List<String>>> refused = new EnumMap<>(Kind.class);
    private final Map<Kind, List<List<String>>> doubtful = new EnumMap<>(Kind.class);

    private final @Nullable Long runId;

    /** @param runId the run whose pace is to be told; null for none */
    public PageRows(@Nullable Long runId) {
        this.runId = runId;
    }

    public void add(ReportRow row) {
        Fate fate = Fate.of(row.state());
        @Nullable
        LocalDate day = row.occurredAt() == null ? null : LocalDate.ofInstant(row.occurredAt(), ZoneOffset.UTC);
        @Nullable String currency = currency(row);
        days.add(new Slot(day, currency), row);
        apps.add(
                new AppSlot(row.appToken() == null ? null : Figures.brief(row.appToken(), LONGEST_NAME), currency),
                row);
        time(row);
        if (fate == Fate.REFUSED) {
            causes.add(new Cause(day, Objects.requireNonNullElse(row.errorClass(), "")), row);
            list(refused, row);
        } else if (fate == Fate.IN_DOUBT) {
            list(doubtful, row);
        }
    }

    /** The minute of a row's last answer. A run of more than a week would not know its last ones. */
    private void time(ReportRow row) {
        if (runId != null && runId.equals(row.runId()) && row.attempts() > 0 && row.decidedAt() != null) {
            Instant minute = row.decidedAt().truncatedTo(ChronoUnit.MINUTES);
            if (minutes.size() < MOST_KEYS || minutes.containsKey(minute)) {
                minutes.merge(minute, 1L, Long::sum);
            }
        }
    }

    /** How many rows the run brought into their state in each minute, after a request; empty without a run. */
    SortedMap<Instant, Long> minutes() {
        return Collections.unmodifiableSortedMap(minutes);
    }

    Sums<Slot> days() {
        return days;
    }

    Sums<AppSlot> apps() {
        return apps;
    }

    Sums<Cause> causes() {
        return causes;
    }

    /** The first that were refused, as {@link RowTables#cells}: those with money first. */
    List<List<String>> refused() {
        return first(refused);
    }

    /** The first that wait for a person; likewise. */
    List<List<String>> doubtful() {
        return first(doubtful);
    }

    private static @Nullable String currency(ReportRow row) {
        if (row.revenue() == null || row.revenue().signum() == 0) {
            return null;
        }
        return Figures.brief(row.currency(), LONGEST_NAME);
    }

    private static void list(Map<Kind, List<List<String>>> lists, ReportRow row) {
        List<List<String>> list = lists.computeIfAbsent(Kind.of(row.kind()), kind -> new ArrayList<>());
        if (list.size() < LISTED) {
            list.add(RowTables.cells(row));
        }
    }

    private static List<List<String>> first(Map<Kind, List<List<String>>> lists) {
        return Stream.of(Kind.PURCHASE, Kind.AD_REVENUE, Kind.SESSION)
                .flatMap(kind -> lists.getOrDefault(kind, List.of()).stream())
                .limit(LISTED)
                .toList();
    }
}
