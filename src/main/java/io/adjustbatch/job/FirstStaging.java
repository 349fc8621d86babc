package io.adjustbatch.job;

/**
 * Asked once, when a relation has been staged for the first time and before anything of it is sent: the last moment to
 * notice that the warehouse holds more, or something else, than was meant.
 */
@FunctionalInterface
public interface FirstStaging {

    /** Sends without asking: for runs that nobody watches. */
    FirstStaging SEND = rows -> true;

    /**
     * Whether to send.
     *
     * @param rows how many were staged
     * @return false: nothing is sent, the rows stay pending, and the run ends as stopped
     */
    boolean mayBeSent(long rows);
}
