package io.adjustbatch.audit;

import java.util.Map;

/**
 * The part of the ledger's history that a report is about: the entries of a run, or those of a period. Every entry of the
 * journal belongs to exactly one run, and to exactly one day.
 *
 * <p>The conditions are SQL over {@code j}, a journal entry, and {@code d}, a row of the ledger; their parameters are
 * {@link #parameters()}.
 */
public sealed interface Window permits RunWindow, PeriodWindow {

    /** The values of all parameters that the conditions name. */
    Map<String, Object> parameters();

    /** The entries of the window. */
    String entries();

    /** Those, and all earlier ones. */
    String entriesUntilItsEnd();

    /** All later ones. */
    String entriesAfterIt();

    /** The rows that were staged before the window. */
    String stagedBefore();

    /** Those, and the ones that were staged in it. */
    String stagedUntilItsEnd();

    /** The rows whose last request left before the window. */
    String leftBefore();

    /** Those, and the ones whose last request left in it. */
    String leftUntilItsEnd();

    /** The totals that staging wrote in the window; over {@code adjust_batch.staged_total}. */
    String stagedTotals();

    /** What rows were before they were staged anew in the window; over {@code r}, of {@code restaged_row}. */
    String restagedInIt();

    /** The same of all later stagings. */
    String restagedAfterIt();

    /** What first stagings left out in the window; over {@code adjust_batch.left_out_total}. */
    String leftOutTotals();
}
