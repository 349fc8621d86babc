package io.adjustbatch.policy;

import io.adjustbatch.adjust.FaultScope;
import io.adjustbatch.adjust.Outcome;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fault that stops everything it reaches for the rest of the run. The rows stay pending.
 *
 * @param scope how far it reaches
 * @param target the row that met it
 * @param outcome what Adjust, or whoever answered, said
 */
public record Halt(FaultScope scope, Target target, Outcome outcome) {

    /** Whether a row addressed so would meet the same fault. */
    public boolean covers(Target other) {
        return switch (scope) {
            case ROW -> false;
            case EVENT_TOKEN -> sameApp(other) && Objects.equals(target.eventToken(), other.eventToken());
            case APP -> sameApp(other);
            case APP_PLATFORM -> sameApp(other) && Objects.equals(target.platform(), other.platform());
            case APP_ENDPOINT -> sameApp(other) && target.endpoint() == other.endpoint();
            case ENDPOINT -> target.endpoint() == other.endpoint();
        };
    }

    private boolean sameApp(Target other) {
        return target.appToken().equals(other.appToken());
    }

    /** What is halted, what was answered and what to do, in one sentence. Names no secret. */
    public String explanation() {
        return subject() + ": " + answer() + ": " + remedy();
    }

    private String subject() {
        return switch (scope) {
            case ROW -> "row";
            case EVENT_TOKEN -> "app " + target.appToken() + ", event token " + target.eventToken();
            case APP -> "app " + target.appToken();
            case APP_PLATFORM -> "app " + target.appToken() + " on " + platformWords(target.platform());
            case APP_ENDPOINT ->
                "app " + target.appToken() + " at " + target.endpoint().path();
            case ENDPOINT -> "endpoint " + target.endpoint().path();
        };
    }

    private static String platformWords(@Nullable String platform) {
        return platform == null ? "rows without os_name" : platform;
    }

    private String answer() {
        String status = outcome.httpStatus() == null ? "not sent" : "Adjust answered " + outcome.httpStatus();
        return outcome.message() == null ? status : status + " \"" + outcome.message() + "\"";
    }

    private String remedy() {
        return switch (scope) {
            case ROW -> "nothing to do";
            case EVENT_TOKEN -> "check the event token in the rows and in Adjust's dashboard";
            case APP -> "check the app token in the rows and that the app is active in Adjust's dashboard";
            case APP_PLATFORM -> "check that this platform is set up for the app in Adjust's dashboard";
            case APP_ENDPOINT ->
                "check ADJUST_TOKEN or adjust.apps." + target.appToken() + ".token, and the token's scopes";
            case ENDPOINT -> "check adjust.base-url and any proxy in between";
        };
    }
}
