package io.adjustbatch.warehouse;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file that cannot be loaded as it is; nothing of it was.
 *
 * <p>The message is what the user reads: file, line, column and what to mend. It quotes the offending value unless the
 * column can hold a device identifier.
 */
public final class BrokenCsvException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private BrokenCsvException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static BrokenCsvException inFile(Path file, String fault) {
        return new BrokenCsvException(file.getFileName() + " " + fault, null);
    }

    static BrokenCsvException inLine(Path file, long line, String fault) {
        return new BrokenCsvException("%s, line %d: %s".formatted(file.getFileName(), line, fault), null);
    }

    static BrokenCsvException inCell(Path file, long line, String column, String fault) {
        return new BrokenCsvException(
                "%s, line %d, column %s: %s".formatted(file.getFileName(), line, column, fault), null);
    }
}
