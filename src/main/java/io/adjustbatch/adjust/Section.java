package io.adjustbatch.adjust;

/** One part of a request: writes its parameters to the draft's form, or refuses the row. Pure; threads may share it. */
@FunctionalInterface
interface Section {

    void write(Draft draft);
}
