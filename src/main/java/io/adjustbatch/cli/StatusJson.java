package io.adjustbatch.cli;

import io.adjustbatch.audit.NextSteps;
import io.adjustbatch.audit.RunSummary;
import io.adjustbatch.audit.SummaryJson;
import io.adjustbatch.ledger.Run;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code status --json} prints: {@code at_work}, who holds the lock, or null; {@code runs}, the latest first, empty if
 * one run was asked for; {@code summary} as in {@code summary.json} of one run, of the last one up to now if none was asked
 * for, or null; {@code next}, what to do, as sentences.
 */
final class StatusJson {

    private StatusJson() {}

    /**
     * The document.
     *
     * @param runs the latest, newest first; empty if one run was asked for
     * @param summary null if nothing has run yet
     * @param holder of the lock; null if nobody holds it
     */
    static String of(List<Run> runs, @Nullable RunSummary summary, @Nullable String holder) {
        ObjectNode document = JsonText.object().put("at_work", holder);
        ArrayNode list = document.putArray("runs");
        runs.forEach(run -> run(list.addObject(), run));
        document.set("summary", summary == null ? null : JsonText.parsed(SummaryJson.of(summary)));
        ArrayNode next = document.putArray("next");
        if (summary != null) {
            NextSteps.after(summary).forEach(next::add);
        }
        return JsonText.of(document);
    }

    private static void run(ObjectNode node, Run run) {
        node.put("run_id", run.runId())
                .put("state", run.state().name())
                .put("execution_id", run.executionId())
                .put("started_at", run.startedAt().toString())
                .put("ended_at", Objects.toString(run.endedAt(), null))
                .put("host", run.host())
                .put("process_id", run.processId())
                .put("exit_code", run.exitCode())
                .put("reason", run.reason());
    }
}
