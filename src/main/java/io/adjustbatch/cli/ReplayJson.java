package io.adjustbatch.cli;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.job.ReplayPreview;
import io.adjustbatch.ledger.RefusedRows.Group;
import tools.jackson.databind.node.ObjectNode;

/** What {@code replay --json} prints. */
final class ReplayJson {

    private ReplayJson() {}

    /** @param replayed whether the rows are pending again */
    static String of(ErrorClass errorClass, ReplayPreview preview, boolean replayed) {
        ObjectNode document = JsonText.object()
                .put("error_class", errorClass.name())
                .put("rows", preview.rows())
                .put("replayed", replayed ? preview.rows() : 0)
                .put("late", preview.late())
                .put("too_old", preview.tooOld())
                .put("suppressed", preview.suppressed())
                .put("repeated", preview.repeated());
        var groups = document.putArray("groups");
        for (Group group : preview.groups()) {
            groups.addObject()
                    .put("kind", group.kind().key())
                    .put("state", group.state().name())
                    .put("currency", group.currency())
                    .put("rows", group.rows())
                    .put("revenue", JsonText.money(group.revenue()));
        }
        document.put("next", replayed ? RootCommand.INVOCATION + " run" : null);
        return JsonText.of(document);
    }
}
