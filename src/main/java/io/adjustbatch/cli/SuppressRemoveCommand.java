package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.cli.SuppressSelection.Device;
import io.adjustbatch.job.LedgerCommands;
import io.adjustbatch.warehouse.RowLookup;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a device off the list of the opted-out. */
@Command(
        name = "remove",
        description = {
            "Takes a device off the list of the opted-out, and records your name, the time and the reason.",
            "",
            "From the next run on its new and open rows are sent; rows that were suppressed stay so until they are replayed. A device that stands on"
                    + " the list by other identifiers as well stays silent for rows that carry those: name them all, or"
                    + " use --row."
        },
        footer = {
            "Settings it needs: spring.datasource.url, .username, .password (without: the embedded database), and",
            "privacy.hash-key or privacy.hash-key-file if runs have it.",
            "",
            "Examples:",
            "  ... suppress remove --row purchase:4711 --because \"was entered by mistake\"",
            "  ... suppress remove --app kq3x8v2m5nlc --identifier idfa=- --because \"opted in again\" < idfa.txt",
            "",
            "Exit codes: 0 done; 2 wrong usage or configuration, or not on the list; 5 a run is at work, nothing was done;",
            "1 unexpected failure, nothing was done."
        })
final class SuppressRemoveCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;

    @Mixin
    SuppressSelection wanted = new SuppressSelection();

    @Option(names = "--json", description = "Print JSON: {app_token, removed}, the number of identifiers.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    SuppressRemoveCommand(Sessions sessions, PrintWriter out) {
        this.sessions = sessions;
        this.out = out;
    }

    @Override
    public Integer call() {
        Device named = wanted.named();
        try (Session session = sessions.openWithLedger()) {
            Device device = named == null ? wanted.ofRow(session.bean(RowLookup.class)) : named;
            int removed = session.bean(LedgerCommands.class)
                    .endSuppression(
                            device.appToken(),
                            device.identities(),
                            System.getProperty("user.name"),
                            wanted.because.strip());
            if (removed == 0) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "That device is not on the list of app %s. Nothing was done.%nWhat next: %s suppress list"
                                .formatted(device.appToken(), RootCommand.INVOCATION));
            }
            out.print(
                    json
                            ? SuppressJson.changed(device.appToken(), "removed", removed)
                            : words(device.appToken(), removed));
            return 0;
        }
    }

    private static String words(String appToken, int removed) {
        return "%s of the device %s off the list of app %s. The next run sends its open rows.%n"
                .formatted(
                        removed == 1 ? "1 identifier" : removed + " identifiers",
                        removed == 1 ? "is" : "are",
                        appToken);
    }
}
