package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.files.UnwritableReportsException;
import io.adjustbatch.embedded.EmbeddedDatabaseException;
import io.adjustbatch.job.DatabaseMessage;
import io.adjustbatch.job.LockedException;
import io.adjustbatch.job.PooledConnectionException;
import io.adjustbatch.job.RestartRefusedException;
import io.adjustbatch.job.UnrecordedRunException;
import io.adjustbatch.job.UnreportedRunException;
import io.adjustbatch.ledger.OtherPrivacyKeyException;
import io.adjustbatch.policy.UnfitPolicyException;
import io.adjustbatch.warehouse.BrokenCsvException;
import io.adjustbatch.warehouse.UnfitRelationsException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** What an exception means for a script and for a person. No message carries a token, a password or a row's content. */
final class Failures {

    private Failures() {}

    /**
     * The first cause that somebody can do something about decides.
     *
     * @param environment null if the failure came before the settings were read
     */
    static Failure explain(Throwable thrown, @Nullable Environment environment) {
        List<Throwable> causes = Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .limit(50) // a chain may bite its own tail
                .toList();
        return causes.stream()
                .map(cause -> known(cause, environment))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> unexpected(causes.get(causes.size() - 1)));
    }

    private static @Nullable Failure known(Throwable cause, @Nullable Environment environment) {
        if (cause instanceof CommandFailure failure) {
            return new Failure(failure.exitCode(), message(failure));
        }
        if (cause instanceof LockedException) {
            return new Failure(ExitCode.LOCKED, message(cause));
        }
        if (cause instanceof UnreportedRunException unreported) {
            return new Failure(unreported.exitCode(), message(cause));
        }
        if (cause instanceof UnrecordedRunException) {
            return new Failure(ExitCode.FAILED, message(cause));
        }
        if (cause instanceof EmbeddedDatabaseException
                || cause instanceof UnfitRelationsException
                || cause instanceof PooledConnectionException
                || cause instanceof UnfitPolicyException
                || cause instanceof OtherPrivacyKeyException
                || cause instanceof RestartRefusedException
                || cause instanceof UnwritableReportsException) {
            return new Failure(ExitCode.USAGE, message(cause));
        }
        if (cause instanceof BrokenCsvException) {
            return new Failure(ExitCode.USAGE, message(cause) + "\nNothing was loaded.");
        }
        if (cause instanceof PSQLException failure) {
            return DatabaseFailures.explain(failure, environment);
        }
        return ofSetting(cause);
    }

    private static @Nullable Failure ofSetting(Throwable cause) {
        if (cause instanceof BindException failure) {
            return new Failure(ExitCode.USAGE, ImpossibleSettings.explain(failure));
        }
        if (cause instanceof YAMLException) {
            return new Failure(ExitCode.USAGE, brokenYaml(cause));
        }
        if (cause instanceof ConfigDataNotFoundException || cause instanceof PlaceholderResolutionException) {
            return new Failure(ExitCode.USAGE, "The settings cannot be read: " + message(cause));
        }
        return null;
    }

    /** Where it is broken, without the lines themselves: a token may stand there. */
    private static String brokenYaml(Throwable cause) {
        String where = cause instanceof MarkedYAMLException marked && marked.getProblemMark() != null
                ? ", line %d, column %d: %s"
                        .formatted(
                                marked.getProblemMark().getLine() + 1,
                                marked.getProblemMark().getColumn() + 1,
                                marked.getProblem())
                : "";
        return "config/application.yml, or another settings file, is no valid YAML" + where + ".\nNothing was done.";
    }

    private static Failure unexpected(Throwable root) {
        String message = root instanceof SQLException database ? DatabaseMessage.of(database) : message(root);
        return new Failure(
                ExitCode.FAILED,
                "Unexpected failure: %s: %s%nThe option --stacktrace shows where."
                        .formatted(root.getClass().getSimpleName(), message));
    }

    private static String message(Throwable cause) {
        return String.valueOf(cause.getMessage());
    }
}
