package io.adjustbatch.audit;

import org.jspecify.annotations.Nullable;

/**
 * What keeps an open row from leaving until a person has mended it.
 *
 * @param runId the run that met it
 * @param scope what that run halted, in words, the row with it; null if nothing but the row's own answer is known
 * @param cause what was met
 * @param remedy what to do about it, as a sentence
 */
public record RowHalt(
        @Nullable Long runId,
        @Nullable String scope,
        @Nullable String cause,
        String remedy) {}
