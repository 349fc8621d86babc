package io.adjustbatch.cli;

import io.adjustbatch.audit.Period;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code report} tells when its files are written.
 *
 * @param runId null if a period was reported
 * @param period with both ends; null if a run was reported
 * @param isFinal whether the same report made later has the same bytes
 */
record WrittenReport(@Nullable Long runId, @Nullable Period period, Path folder, boolean isFinal) {

    String text() {
        String what = period == null ? "Run " + runId : period.from() + " to " + period.to();
        return "%s is reported in %s%nTo read it, open %s in a browser.%n%s"
                .formatted(what, folder, folder.resolve("report.html"), isFinal ? "" : changing());
    }

    private String changing() {
        return "%s: reported again later, the files may differ.%n"
                .formatted(
                        period == null
                                ? "The run has not ended"
                                : "Its last day is not over, or a run that began by then has not ended");
    }

    /** {@code run_id}, or {@code from} and {@code to}; {@code folder}; {@code final}. */
    String json() {
        ObjectNode document = JsonText.object();
        if (period == null) {
            document.put("run_id", runId);
        } else {
            document.put("from", String.valueOf(period.from())).put("to", String.valueOf(period.to()));
        }
        document.put("folder", folder.toString()).put("final", isFinal);
        return JsonText.of(document);
    }
}
