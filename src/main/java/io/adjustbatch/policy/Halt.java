package io.adjustbatch.policy;

/** Why nothing more of some rows is sent in this run. They stay pending. */
public sealed interface Halt permits FaultHalt, LimitHalt, SilenceHalt {

    /** The rows that it stops. */
    Scope scope();

    /** What was met, for a person. Names no secret and no device. */
    String cause();

    /** What a person should do about it. */
    Remedy remedy();

    /** Whether a row addressed so must not be sent. */
    default boolean covers(Target target) {
        return scope().covers(target);
    }

    /** Whether it stops everything. */
    default boolean isOfRun() {
        return scope().equals(Scope.RUN);
    }

    /** What is halted, why, and what to do, in one sentence. */
    default String explanation() {
        return scope().words() + ": " + cause() + ": " + remedy().words();
    }
}
