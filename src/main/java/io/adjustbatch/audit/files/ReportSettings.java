package io.adjustbatch.audit.files;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where reports go: {@code report.*} in {@code config/application.yml}.
 *
 * @param directory each run's files are written below it, in {@code run-<id>}; default {@code reports} in the working
 *     directory
 */
@ConfigurationProperties(prefix = "report", ignoreUnknownFields = false)
public record ReportSettings(@DefaultValue("reports") Path directory) {

    /** The folder of one run. */
    public Path ofRun(long runId) {
        return directory.resolve("run-" + runId);
    }
}
