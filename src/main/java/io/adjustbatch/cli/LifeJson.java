package io.adjustbatch.cli;

import io.adjustbatch.audit.RowHalt;
import io.adjustbatch.audit.RowLife;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code explain --json} prints: the row as the ledger has it; {@code why} it stands there, and {@code next}, what to
 * do, as sentences; {@code halt}, what keeps it from leaving, or null; {@code restagings} and {@code entries}, its history.
 */
final class LifeJson {

    private LifeJson() {}

    static String of(RowLife life) {
        ObjectNode document = JsonText.object()
                .put("kind", life.kind().key())
                .put("row_id", life.rowId())
                .put("state", life.state().name())
                .put("why", LifeVerdict.why(life));
        ArrayNode next = document.putArray("next");
        LifeVerdict.next(life).forEach(next::add);
        frozen(document, life);
        standing(document, life);
        document.set("halt", life.halt() == null ? null : halt(life.halt()));
        ArrayNode restagings = document.putArray("restagings");
        life.restagings()
                .forEach(restaging -> restagings
                        .addObject()
                        .put("at", text(restaging.at()))
                        .put("run_id", restaging.runId())
                        .put("before", restaging.before()));
        ArrayNode entries = document.putArray("entries");
        life.entries().forEach(entry -> entry(entries.addObject(), entry));
        return JsonText.of(document);
    }

    private static void frozen(ObjectNode node, RowLife life) {
        node.put("app_token", life.appToken())
                .put("event_token", life.eventToken())
                .put("environment", life.environment())
                .put("occurred_at", text(life.occurredAt()))
                .put("revenue", JsonText.money(life.revenue()))
                .put("currency", life.currency())
                .put("transaction_id", life.transactionId())
                .put("staged_at", text(life.stagedAt()))
                .put("staged_run_id", life.stagedRunId());
    }

    private static void standing(ObjectNode node, RowLife life) {
        node.put("attempts", life.attempts())
                .put("last_attempt_at", text(life.lastAttemptAt()))
                .put("next_attempt_at", text(life.nextAttemptAt()))
                .put("held_by", life.heldBy())
                .put("repeats", life.repeats())
                .put("late", life.late())
                .put("run_id", life.runId());
    }

    private static ObjectNode halt(RowHalt halt) {
        return JsonText.object()
                .put("run_id", halt.runId())
                .put("scope", halt.scope())
                .put("cause", halt.cause())
                .put("remedy", halt.remedy());
    }

    private static void entry(ObjectNode node, RowLife.Entry entry) {
        node.put("at", text(entry.at()))
                .put("run_id", entry.runId())
                .put("state", entry.state().name())
                .put("attempt", entry.attempt())
                .put("error_class", entry.errorClass())
                .put("http_status", entry.httpStatus())
                .put("message", entry.message())
                .put("reason", entry.reason())
                .put("next_attempt_at", text(entry.nextAttemptAt()))
                .put("decided_by", entry.decidedBy())
                .put("who", entry.who());
    }

    private static @Nullable String text(@Nullable Instant time) {
        return Objects.toString(time, null);
    }
}
