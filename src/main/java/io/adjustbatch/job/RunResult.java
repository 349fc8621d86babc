package io.adjustbatch.job;

import io.adjustbatch.audit.ExitCode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param reason why, for a person; null if it simply finished
 * @param reportDirectory where its report files are
 */
public record RunResult(
        long runId, ExitCode exitCode, @Nullable String reason, Path reportDirectory) {}
