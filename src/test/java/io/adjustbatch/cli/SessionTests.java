package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.support.GenericApplicationContext;

/** What comes after a command's work must not change its exit code. */
class SessionTests {

    private final AtomicInteger toTheCommand = new AtomicInteger();
    private final AtomicInteger toTheProcess = new AtomicInteger();

    @Test
    void keepsSignalsFromEndingTheProcessUntilAllIsClosed() {
        Object before = Signals.register("TERM", toTheProcess::incrementAndGet);
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBean(DisposableBean.class, () -> this::signal);
            context.refresh();
            Session session = session(context);
            session.onSignal(toTheCommand::incrementAndGet);

            session.close();
            int toTheCommandUntilThen = toTheCommand.get();
            signal();

            assertThat(toTheCommandUntilThen).isEqualTo(1);
            assertThat(toTheCommand).hasValue(1);
            assertThat(toTheProcess).hasValue(1);
        } finally {
            Signals.unregister("TERM", before);
        }
    }

    @Test
    void endsAsItsCommandDidIfSomethingCannotBeClosed() {
        GenericApplicationContext broken = new GenericApplicationContext() {
            @Override
            public void close() {
                throw new IllegalStateException("the server does not stop");
            }
        };

        assertThatCode(session(broken)::close).doesNotThrowAnyException();
    }

    private static Session session(GenericApplicationContext context) {
        return new Session(context, new Surroundings(Database.NIGHTLY, Map.of()));
    }

    /** Sends this process a signal, and waits until somebody has it. */
    private void signal() {
        int before = toTheCommand.get() + toTheProcess.get();
        try {
            new ProcessBuilder(
                            "kill",
                            "-TERM",
                            Long.toString(ProcessHandle.current().pid()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().until(() -> toTheCommand.get() + toTheProcess.get() > before);
    }
}
