package io.adjustbatch.audit;

import io.adjustbatch.warehouse.Kind;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A fault of configuration that a run met, and the rows it left open: none of them is lost or refused.
 *
 * @param errorClass {@code APP_FAULT}, {@code AUTH_FAULT}, {@code EVENT_TOKEN_FAULT} or {@code UNRECOGNIZED}
 * @param appToken null if the row that met the fault had none
 * @param eventToken null where the fault is not one of an event token
 * @param httpStatus of the answer
 * @param message Adjust's recognised message; null if it was not Adjust that answered
 * @param rows that were answered so and are open at the run's end
 */
public record Fault(
        Kind kind,
        String errorClass,
        @Nullable String appToken,
        @Nullable String eventToken,
        @Nullable Integer httpStatus,
        @Nullable String message,
        long rows) {

    static final Comparator<Fault> ORDER = Comparator.comparing(Fault::kind)
            .thenComparing(Fault::errorClass)
            .thenComparing(Fault::appToken, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Fault::eventToken, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Fault::httpStatus, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Fault::message, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** What a person should do about it, as one sentence. */
    public String remedy() {
        return switch (errorClass) {
            case "EVENT_TOKEN_FAULT" ->
                "Check in Adjust's dashboard that event token " + eventToken + " exists in app " + appToken
                        + " and is not blocklisted; correct it in the warehouse if it is wrong.";
            case "APP_FAULT" ->
                "Check in Adjust's dashboard that app " + appToken
                        + " exists, is active and is tracked on the platform of these rows.";
            case "AUTH_FAULT" ->
                "Check the S2S token of app " + appToken + " (adjust.apps." + appToken
                        + ".token or adjust.token) and its scope for " + kind.key() + " requests.";
            default -> "Something other than Adjust answered: check adjust.base-url, proxies and firewalls on the way.";
        };
    }

    Fault with(long anotherNumber) {
        return new Fault(kind, errorClass, appToken, eventToken, httpStatus, message, anotherNumber);
    }
}
