package io.adjustbatch.policy;

import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.warehouse.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * There were more rows of a class than its limit allows.
 *
 * @param appToken the app of whose rows there were too many; null if there were too many of all, which halts the run
 * @param setting that says what was passed, such as {@code adjust.policy.row-fault.max-percent}
 * @param rows of the class when the limit was passed
 * @param sample of how many
 */
public record LimitHalt(
        ErrorClass errorClass,
        Kind kind,
        @Nullable String appToken,
        Limit limit,
        String setting,
        long rows,
        long sample)
        implements Halt {

    @Override
    public Scope scope() {
        return appToken == null ? Scope.RUN : new Scope(Endpoint.of(kind), appToken, null, null);
    }

    @Override
    public String cause() {
        return String.format(
                Locale.ROOT,
                "%s rows of kind %s passed their limit of %s with %,d of %,d",
                errorClass,
                kind.key(),
                limit.words(),
                rows,
                sample);
    }

    @Override
    public Remedy remedy() {
        return new Remedy("the report says which rows; mend the cause, or set " + setting);
    }
}
