package io.adjustbatch.job;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a database says of a failure, without what may stand in a row: no details, and no value that is not as it should be. */
public final class DatabaseMessage {

    private static final String WRONG_VALUE = "22"; // the class of SQL states that the standard calls "data exception"

    private DatabaseMessage() {}

    /** The first line of the server's message; of a wrong value what comes before it, for there the server quotes it. */
    public static String of(SQLException failure) {
        ServerErrorMessage server = failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        String message = server == null ? failure.getMessage() : server.getMessage();
        String line = String.valueOf(message).lines().findFirst().orElse("no message");
        return isOfValue(failure.getSQLState()) ? withoutValue(line, failure.getSQLState()) : line;
    }

    private static boolean isOfValue(@Nullable String state) {
        return state != null && state.startsWith(WRONG_VALUE);
    }

    // servers speak many languages, and each has its own quotation marks
    private static String withoutValue(String line, String state) {
        return "%s... (SQL state %s; the value itself is not shown)"
                .formatted(
                        line.replaceFirst("[\\p{Pi}\\p{Pf}\\p{Ps}\"'`:].*", "").stripTrailing(), state);
    }
}
