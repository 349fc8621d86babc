package io.adjustbatch.policy;

import io.adjustbatch.adjust.ErrorClass;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a person should do about what halts more than its row, so that a run's reason, its summary, {@code status} and
 * the report page say the same. Of an answer it is worded here alone; a limit that was passed, and silence, word their own.
 *
 * @param words half a sentence: begins in lower case, has no full stop. Names no secret and no device
 */
public record Remedy(String words) {

    private static final Remedy NOT_ADJUST =
            new Remedy("it was not Adjust that answered: check adjust.base-url, proxies and firewalls on the way");

    /**
     * The remedy for an answer.
     *
     * @param target of a row that was answered so
     * @param httpStatus null if nothing was sent
     */
    public static Remedy of(ErrorClass errorClass, Target target, @Nullable Integer httpStatus) {
        return switch (errorClass) {
            case EVENT_TOKEN_FAULT ->
                new Remedy(
                        "check in Adjust's dashboard that event token %s exists in app %s and is not blocklisted, or correct it in the warehouse"
                                .formatted(target.eventToken(), target.appToken()));
            case APP_FAULT ->
                new Remedy(
                        "check in Adjust's dashboard that app %s exists, is active and is tracked on the platform of these rows"
                                .formatted(target.appToken()));
            case AUTH_FAULT -> isOfProxy(httpStatus) ? NOT_ADJUST : token(target);
            case UNRECOGNIZED, AMBIGUOUS -> NOT_ADJUST;
            default -> new Remedy("halted because " + Rules.key(errorClass, null) + ".action says so");
        };
    }

    private static Remedy token(Target target) {
        return new Remedy(
                "check the S2S token of app %1$s (adjust.apps.%1$s.token or adjust.token) and its scope for requests to %2$s"
                        .formatted(target.appToken(), target.endpoint().path()));
    }

    /** Adjust redirects nobody, and asks for no login as a proxy. */
    private static boolean isOfProxy(@Nullable Integer httpStatus) {
        return httpStatus != null && (httpStatus == 407 || httpStatus / 100 == 3);
    }

    /** The same as a whole sentence. */
    public String sentence() {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }
}
