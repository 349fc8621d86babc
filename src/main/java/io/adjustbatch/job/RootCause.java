package io.adjustbatch.job;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Why something failed, in a line for a person. */
final class RootCause {

    private RootCause() {}

    /** The first line of the innermost cause's message; its type if it has none. */
    static String words(Throwable failure) {
        @Nullable Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof SQLException database) {
            return DatabaseMessage.of(database);
        }
        String type = root.getClass().getSimpleName();
        String message = root.getMessage();
        if (message == null || message.isBlank()) {
            return type;
        }
        String line = message.lines().findFirst().orElse(type);
        // a message of the system, such as a path or a class, says little without its type
        return root instanceof IOException || root instanceof Error ? type + ": " + line : line;
    }
}
