package io.adjustbatch.cli;

import io.adjustbatch.job.Progress;

/** Shows a person how far a run has come. Called by one thread at a time, the last time by {@link #close()}. */
interface ProgressView extends AutoCloseable {

    /** Shows the state of things; called again every now and then. */
    void show(Progress progress);

    /** Leaves the output fit for what comes after. */
    @Override
    void close();
}
