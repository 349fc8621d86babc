package io.adjustbatch.policy;

import io.adjustbatch.adjust.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A fault of configuration was met, and every row of the scope would meet it too.
 *
 * @param appToken of the row that met it
 * @param outcome what Adjust, or whoever answered, said
 */
public record FaultHalt(Scope scope, String appToken, Outcome outcome) implements Halt {

    @Override
    public String cause() {
        return answer() + ": " + remedy();
    }

    private String answer() {
        String status = outcome.httpStatus() == null ? "not sent" : "Adjust answered " + outcome.httpStatus();
        @Nullable String message = outcome.message();
        return message == null ? status : status + " \"" + message + "\"";
    }

    private String remedy() {
        return switch (outcome.scope()) {
            case EVENT_TOKEN -> "check the event token in the rows and in Adjust's dashboard";
            case APP -> "check the app token in the rows and that the app is active in Adjust's dashboard";
            case APP_PLATFORM -> "check that this platform is set up for the app in Adjust's dashboard";
            case APP_ENDPOINT -> "check ADJUST_TOKEN or adjust.apps." + appToken + ".token, and the token's scopes";
            case ENDPOINT -> "check adjust.base-url and any proxy in between";
            case ROW -> "halted because " + Rules.key(outcome.errorClass(), null) + ".action says so";
        };
    }
}
