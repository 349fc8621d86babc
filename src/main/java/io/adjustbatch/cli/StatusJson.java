package io.adjustbatch.cli;

import io.adjustbatch.audit.NextSteps;
import io.adjustbatch.audit.RunSummary;
import io.adjustbatch.audit.SummaryJson;
import io.adjustbatch.ledger.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code status --json} prints: {@code runs}, the latest first, empty if one run was asked for; {@code summary}
 * of one run, as in its {@code summary.json}, or null; {@code next}, what to do, as sentences.
 */
final class StatusJson {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private StatusJson() {}

    /**
     * The document.
     *
     * @param runs the latest, newest first; empty if one run was asked for
     * @param summary null if nothing has run yet
     */
    static String of(List<Run> runs, @Nullable RunSummary summary) {
        ObjectNode document = JSON.createObjectNode();
        document.set("runs", JSON.valueToTree(runs));
        document.set("summary", summary == null ? null : JSON.readTree(SummaryJson.of(summary)));
        ArrayNode next = document.putArray("next");
        if (summary != null) {
            NextSteps.after(summary).forEach(next::add);
        }
        return JSON.writeValueAsString(document);
    }
}
