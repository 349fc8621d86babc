package io.adjustbatch.audit;

import io.adjustbatch.warehouse.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Something that is no fault, but that a person should look into.
 *
 * @param appToken null where it is about all apps
 * @param eventToken null where it is about all event tokens
 * @param rows that it is about
 * @param answered the answered rows that they are most of; 0 where that says nothing
 */
public record Warning(
        Cause cause,
        Kind kind,
        @Nullable String appToken,
        @Nullable String eventToken,
        long rows,
        long answered) {

    /** What is suspicious. */
    public enum Cause {
        /** Most rows of an event token were duplicates. */
        MOSTLY_DUPLICATES,
        /** Most devices of an app were unknown. */
        MOSTLY_UNKNOWN_DEVICES,
        /** There was no new row, though some were expected. */
        NO_ROWS,
        /** At the end of the run, rows of the warehouse had changed, gone or doubled since they were taken or sent. */
        DRIFT
    }

    /** What was seen, what it probably means, and what to look at: whole sentences. */
    public String text() {
        return switch (cause) {
            case MOSTLY_DUPLICATES ->
                "%s of %s rows of event token %s in app %s were duplicates to Adjust: the token is probably set to \"unique\""
                                .formatted(Figures.number(rows), Figures.number(answered), eventToken, appToken)
                        + " in Adjust's dashboard, which counts it once a device for ever. Switch that off for purchases that"
                        + " can be repeated.";
            case MOSTLY_UNKNOWN_DEVICES ->
                "%s of %s rows of kind %s in app %s were of devices that Adjust does not know: probably the app token belongs to"
                                .formatted(Figures.number(rows), Figures.number(answered), kind.key(), appToken)
                        + " another app or platform, or a column holds another identifier than its name says. Compare a few"
                        + " with Adjust's testing console.";
            case NO_ROWS ->
                "No new row of kind %s this night: probably the load before this job has failed. If such a night is normal, set warehouse.%s.expect-rows to off."
                        .formatted(kind.key(), kind.key().replace('_', '-'));
            case DRIFT ->
                "Warehouse and ledger disagree on %s of kind %s: missing in one of the two, changed since they were sent, or doubled. To see them: %s reconcile"
                        .formatted(Figures.rows(rows), kind.key(), NextSteps.INVOCATION);
        };
    }
}
