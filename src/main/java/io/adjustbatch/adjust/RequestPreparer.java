package io.adjustbatch.adjust;

import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.WarehouseRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a row into a request, or into the reason why Adjust would not take it. Pure: no I/O, no state, no exception
 * for a row's fault; threads may share it.
 *
 * <p>Age is judged first, because no correction of a row that is too old can help it; then everything else, the first
 * fault found being the reason; a row whose time has not come must be well in all other respects.
 */
public final class RequestPreparer {

    /** How far ahead a row's time may lie: clocks and time zones differ, but not by more than this. */
    private static final Duration FURTHEST_AHEAD = Duration.ofHours(24);

    /** Adjust refuses more than 1 MB, and does not say which kind of megabyte: the smaller one. */
    private static final int LARGEST_BODY = 1_000_000;

    private final List<Section> sections;

    /**
     * @param referenceParameter {@code adjust.reference-parameter}: name of a callback parameter that carries
     *     {@code kind:row_id}, such as {@code purchase:17}, unless the row has one of that name itself; null for none
     */
    public RequestPreparer(@Nullable String referenceParameter) {
        sections = List.of(
                new FurtherParameters(),
                new Subject(),
                new Money(),
                new AdImpressions(),
                new DeviceFacts(),
                new CustomParameters(referenceParameter));
    }

    /** What can be done with the row at this moment. */
    public Preparation prepare(WarehouseRow row, Instant now) {
        Instant occurredAt = row.occurredAt();
        if (occurredAt != null && AgeLimit.isPast(row.kind(), occurredAt, now)) {
            return tooOld(row.kind(), occurredAt);
        }
        if (occurredAt != null && occurredAt.isAfter(now.plus(FURTHEST_AHEAD))) {
            return invalid("occurred_at must lie at most 24 hours ahead, but is " + occurredAt);
        }
        Draft draft = new Draft(row);
        for (Section section : sections) {
            section.write(draft);
            if (draft.fault() != null) {
                return invalid(draft.fault());
            }
        }
        return finish(draft, now);
    }

    private static Preparation finish(Draft draft, Instant now) {
        WarehouseRow row = draft.row();
        String body = draft.form().body();
        if (body.length() > LARGEST_BODY) {
            return invalid("the request would have " + body.length() + " bytes, but Adjust takes at most 1 MB: "
                    + "shorten callback_params, partner_params or parameters");
        }
        Instant occurredAt = row.occurredAt();
        if (occurredAt == null || row.appToken() == null) {
            throw new IllegalStateException("a section let a row pass without its time or app");
        }
        if (occurredAt.isAfter(now)) {
            return new Preparation.NotYet(occurredAt, "occurred_at lies ahead: " + occurredAt);
        }
        String forwardedFor = row.kind() == Kind.SESSION ? draft.forwardedFor() : null;
        return new Preparation.Ready(new AdjustRequest(Endpoint.of(row.kind()), row.appToken(), body, forwardedFor));
    }

    private static Preparation tooOld(Kind kind, Instant occurredAt) {
        long days = AgeLimit.maxAge(kind).orElseThrow().toDays();
        return new Preparation.Refused(
                ErrorClass.TOO_OLD,
                "occurred_at is " + occurredAt + ", more than " + days + " days ago: Adjust takes no older "
                        + (kind == Kind.PURCHASE ? "events" : "ad revenue"));
    }

    private static Preparation invalid(String reason) {
        return new Preparation.Refused(ErrorClass.INVALID_ROW, reason);
    }
}
