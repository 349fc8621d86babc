package io.adjustbatch.job;

import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.warehouse.Kind;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/** A run's job parameters: its id alone tells one job instance from another; the rest is for its restart. */
final class RunParameters {

    private static final String RUN = "run";
    private static final String KINDS = "kinds";
    private static final String LIMIT = "limit";

    private RunParameters() {}

    static JobParameters identifying(long runId) {
        return new JobParametersBuilder().addLong(RUN, runId).toJobParameters();
    }

    static JobParameters of(long runId, RunOptions options) {
        JobParametersBuilder parameters = new JobParametersBuilder(identifying(runId));
        parameters.addString(
                KINDS, options.kinds().stream().map(Kind::key).sorted().collect(Collectors.joining(",")), false);
        if (options.limit() != null) {
            parameters.addLong(LIMIT, options.limit(), false);
        }
        return parameters.toJobParameters();
    }

    /** The options that a run was started with, but for its end: that was of its day. */
    static RunOptions options(JobParameters parameters) {
        String kinds = parameters.getString(KINDS);
        if (kinds == null) {
            return RunOptions.everything();
        }
        Set<Kind> named = Arrays.stream(kinds.split(",", -1)).map(Kind::of).collect(Collectors.toSet());
        return new RunOptions(named, parameters.getLong(LIMIT), null);
    }
}
