package io.adjustbatch.audit.files;

import java.io.IOException;
import java.nio.file.Path;

/** No report could be written where they go; the message says what to do. */
public final class UnwritableReportsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnwritableReportsException(Path directory, IOException cause) {
        super("""
                Reports cannot be written to %s (report.directory): %s.
                Nothing was done.
                What to do: make it a directory that this user may write to, or set report.directory (REPORT_DIRECTORY) to one.""".formatted(directory.toAbsolutePath(), cause), cause);
    }
}
