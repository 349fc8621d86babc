package io.adjustbatch.policy;

import java.util.List;

/** The settings below {@code adjust.policy} cannot be as they are; the message lists every problem. */
public final class UnfitPolicyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnfitPolicyException(List<String> problems) {
        super(String.join("\n", problems) + "\nNothing was done.");
    }
}
