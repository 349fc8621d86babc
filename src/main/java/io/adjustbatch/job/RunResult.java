package io.adjustbatch.job;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.RunSummary;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param summary what it did
 * @param reason why, for a person; null if it simply finished
 * @param reportDirectory where its report files are
 */
public record RunResult(
        RunSummary summary, ExitCode exitCode, @Nullable String reason, Path reportDirectory) {}
