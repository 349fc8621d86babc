package io.adjustbatch.policy;

import io.adjustbatch.adjust.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A fault of configuration was met, and every row of the scope would meet it too.
 *
 * @param target of the row that met it
 * @param outcome what Adjust, or whoever answered, said
 */
public record FaultHalt(Scope scope, Target target, Outcome outcome) implements Halt {

    @Override
    public Remedy remedy() {
        return Remedy.of(outcome.errorClass(), target, outcome.httpStatus());
    }

    @Override
    public String cause() {
        String status = outcome.httpStatus() == null ? "not sent" : "the answer was " + outcome.httpStatus();
        @Nullable String message = outcome.message();
        return message == null ? status : status + " \"" + message + "\"";
    }
}
