package io.adjustbatch.job;

/** There is nothing that a restart could go on with; nothing was done. The message says what to do instead. */
public final class RestartRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RestartRefusedException(String message) {
        super(message);
    }
}
