package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.job.AdjustSettings;
import io.adjustbatch.job.Rehearsal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** The application, started for one command. Closing it also leaves the embedded database, if it used that. */
final class Session implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private final ConfigurableApplicationContext context;
    private final Surroundings surroundings;
    private @Nullable Interruption interruption;

    Session(ConfigurableApplicationContext context, Surroundings surroundings) {
        this.context = context;
        this.surroundings = surroundings;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The database in use as host, port and name, never with a user or password. */
    String address() {
        return DatabaseAddress.of(context.getEnvironment());
    }

    /**
     * Refuses to go on without a token for Adjust.
     *
     * @throws CommandFailure with code 2 if no setting gives one
     */
    void requireToken() {
        if (!bean(AdjustSettings.class).hasToken()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "No S2S token is set. Nothing was done.\nWhat to do: set ADJUST_TOKEN, or adjust.token-file to a"
                            + " file that holds it, or adjust.apps.<app_token>.token for each app. Tokens are made in"
                            + " Adjust's dashboard, under the app's S2S security.");
        }
    }

    /**
     * Refuses to go on where nothing has run yet.
     *
     * @throws CommandFailure with code 2 if there is no ledger
     */
    void requireLedger() {
        if (!bean(Rehearsal.class).hasLedger()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    ("There is no ledger in %1$s yet: nothing has run there. Nothing was done.%nIf there should be one, check"
                                    + " spring.datasource.url. What next: %2$s run%nOr, which sends nothing: %2$s migrate")
                            .formatted(address(), RootCommand.INVOCATION));
        }
    }

    /** From now on until all is closed, each signal calls for this instead of ending the process. Call it once. */
    void onSignal(Runnable end) {
        interruption = Interruption.callsFor(end);
    }

    /** Fails in no way: the exit code is the command's own, which a run's ledger and report name already. */
    @Override
    public void close() {
        close(context::close);
        close(surroundings::close);
        if (interruption != null) {
            interruption.close();
        }
    }

    private static void close(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            log.warn("The command has done its work, but could not clean up: {}", e.getMessage());
        }
    }
}
