package io.adjustbatch.job;

/** Another process holds the lock: nothing was done. The message says which, since when, and what to do. */
public final class LockedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LockedException(String message) {
        super(message);
    }
}
