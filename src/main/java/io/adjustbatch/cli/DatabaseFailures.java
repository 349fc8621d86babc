package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.job.DatabaseMessage;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.core.env.Environment;

/** What a failure of PostgreSQL means. The server's own first line is shown, as far as it quotes no row. */
final class DatabaseFailures {

    private static final String SETTINGS =
            "\nWhat to do: check spring.datasource.url, .username and .password (SPRING_DATASOURCE_URL, ...).";

    private DatabaseFailures() {}

    static Failure explain(PSQLException failure, @Nullable Environment environment) {
        String database = environment == null ? "an unknown address" : DatabaseAddress.of(environment);
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (failure.getCause() instanceof UnknownHostException) {
            return wrong("The database's host is unknown: " + database + "." + SETTINGS);
        }
        if (state.startsWith("28")) {
            return wrong(
                    "The database at " + database + " refuses the login: " + DatabaseMessage.of(failure) + SETTINGS);
        }
        if (state.equals("3D000")) {
            return wrong("The database does not exist: " + database + "." + SETTINGS);
        }
        if (state.equals("42501")) {
            return wrong("The database at " + database + " does not permit it: " + DatabaseMessage.of(failure)
                    + "\nWhat to do: grant that right to the user, or let an owner of the schema run migrate.");
        }
        if (state.equals("42P01") || state.equals("42703") || state.equals("3F000")) {
            return wrong("The ledger in " + database + " is not one of this version, or there is none: "
                    + DatabaseMessage.of(failure) + "\nWhat next, which sends nothing: " + RootCommand.INVOCATION
                    + " migrate");
        }
        if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53")) {
            return new Failure(
                    ExitCode.FAILED,
                    "The database at " + database + " cannot be reached: " + DatabaseMessage.of(failure)
                            + "\nWhat to do: see whether it runs; if it does, check spring.datasource.url. Then start"
                            + " the command again: that is always safe.");
        }
        return new Failure(
                ExitCode.FAILED,
                "The database at %s failed: %s (SQL state %s)".formatted(database, DatabaseMessage.of(failure), state));
    }

    private static Failure wrong(String message) {
        return new Failure(ExitCode.USAGE, message);
    }
}
