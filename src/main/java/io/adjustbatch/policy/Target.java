package io.adjustbatch.policy;

import io.adjustbatch.adjust.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * What a row is addressed to, as far as a fault can reach.
 *
 * @param endpoint where it goes
 * @param appToken Adjust's token of the app
 * @param eventToken null for other kinds than purchases
 * @param platform the row's {@code os_name}; null if it names none
 */
public record Target(
        Endpoint endpoint,
        String appToken,
        @Nullable String eventToken,
        @Nullable String platform) {}
