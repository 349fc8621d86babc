package io.adjustbatch.ledger;

import io.adjustbatch.policy.ClassLimit;
import java.util.List;

/**
 * The settings that a run works under, as far as they are kept with it. Immutable.
 *
 * @param digest tells whether two runs had the same settings
 * @param limits in the order of class and kind
 */
public record SettingsInForce(String digest, List<ClassLimit> limits) {

    public SettingsInForce {
        limits = List.copyOf(limits);
    }
}
