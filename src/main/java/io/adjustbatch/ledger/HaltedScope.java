package io.adjustbatch.ledger;

/**
 * A part of the rows that a run halted.
 *
 * @param scope in words: {@code the run}, or such as {@code app 4w565xzmb54d at /event}
 * @param cause what was met
 * @param remedy what a person should do about it; half a sentence, as {@link io.adjustbatch.policy.Remedy} words it
 * @param waitingRows open rows of the scope at the run's end
 */
public record HaltedScope(String scope, String cause, String remedy, long waitingRows) {}
