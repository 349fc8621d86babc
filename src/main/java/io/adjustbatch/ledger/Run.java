package io.adjustbatch.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One nightly run.
 *
 * @param runId counts up from 1; also names the report folder
 * @param executionId Spring Batch's job execution that holds the run; a restart gives it a new one
 * @param endedAt null while it runs
 * @param exitCode of the command; null while it runs, or if the process died
 * @param reason why it ended as it did, for a person; null if it simply finished
 */
public record Run(
        long runId,
        RunState state,
        @Nullable Long executionId,
        Instant startedAt,
        @Nullable Instant endedAt,
        String host,
        long processId,
        @Nullable Integer exitCode,
        @Nullable String reason) {}
