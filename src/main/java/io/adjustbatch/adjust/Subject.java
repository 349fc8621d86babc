package io.adjustbatch.adjust;

import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.WarehouseRow;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request is about: app, environment, event and time. */
final class Subject implements Section {

    @Override
    public void write(Draft draft) {
        WarehouseRow row = draft.row();
        draft.form().add("s2s", "1");
        writeToken(draft, "app_token", row.appToken(), 12);
        writeEnvironment(draft, row.environment());
        if (row.kind() == Kind.PURCHASE) {
            writeToken(draft, "event_token", row.eventToken(), 6);
        }
        writeTime(draft);
    }

    private static void writeToken(Draft draft, String column, @Nullable String token, int length) {
        if (token == null || token.isBlank()) {
            draft.refuse(column + " is missing");
        } else if (token.length() != length || !Characters.areLettersOrDigits(token)) {
            draft.refuse(column + " must be " + length + " letters or digits, but is " + Shown.value(token));
        } else {
            draft.form().add(column, token);
        }
    }

    // Adjust takes a missing environment for production, and so would a typing error become real money there.
    private static void writeEnvironment(Draft draft, @Nullable String environment) {
        if (environment == null || environment.isBlank()) {
            draft.refuse("environment is missing: it must be production or sandbox");
        } else if (!environment.equals("production") && !environment.equals("sandbox")) {
            draft.refuse("environment must be production or sandbox, but is " + Shown.value(environment));
        } else {
            draft.form().add("environment", environment);
        }
    }

    private static void writeTime(Draft draft) {
        var occurredAt = draft.row().occurredAt();
        if (occurredAt == null) {
            draft.refuse("occurred_at is missing or not a finite time");
        } else if (occurredAt.getEpochSecond() <= 0) {
            draft.refuse(String.format(Locale.ROOT, "occurred_at must lie after 1970, but is %s", occurredAt));
        } else {
            draft.form().add("created_at_unix", Long.toString(occurredAt.getEpochSecond()));
        }
    }
}
