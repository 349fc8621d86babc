package io.adjustbatch.audit;

import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.policy.Remedy;
import io.adjustbatch.policy.Target;
import io.adjustbatch.warehouse.Kind;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fault of configuration that a run met, and the rows it left open: none of them is lost or refused.
 *
 * @param errorClass one of {@link #CLASSES}
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

    /** The classes of such faults. */
    static final Set<String> CLASSES = Set.of("APP_FAULT", "AUTH_FAULT", "EVENT_TOKEN_FAULT", "UNRECOGNIZED");

    static final Comparator<Fault> ORDER = Comparator.comparing(Fault::kind)
            .thenComparing(Fault::errorClass)
            .thenComparing(Fault::appToken, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Fault::eventToken, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Fault::httpStatus, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Fault::message, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** What a person should do about it, as one sentence. */
    public String remedy() {
        Target target = new Target(Endpoint.of(kind), Objects.requireNonNullElse(appToken, ""), eventToken, null);
        return Remedy.of(ErrorClass.valueOf(errorClass), target, httpStatus).sentence();
    }

    Fault with(long anotherNumber) {
        return new Fault(kind, errorClass, appToken, eventToken, httpStatus, message, anotherNumber);
    }
}
