package io.adjustbatch.cli;

import io.adjustbatch.cli.SuppressSelection.Device;
import io.adjustbatch.job.LedgerCommands;
import io.adjustbatch.warehouse.RowLookup;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts a device on the list of the opted-out. */
@Command(
        name = "add",
        description = {
            "Puts a device on the list of the opted-out, with your name, the time and the reason.",
            "",
            "The next run settles its open rows of that app as suppressed, and no run sends a row of it again."
        },
        footer = {
            "Settings it needs: spring.datasource.url, .username, .password (without: the embedded database), and",
            "privacy.hash-key or privacy.hash-key-file if runs have it.",
            "",
            "Examples:",
            "  ... suppress add --row purchase:4711 --because \"asked by mail\"",
            "  ... suppress add --app kq3x8v2m5nlc --identifier idfa=- --because \"asked by mail\" < idfa.txt",
            "",
            "Exit codes: 0 done; 2 wrong usage or configuration; 5 a run is at work, nothing was done; 1 unexpected",
            "failure, nothing was done."
        })
final class SuppressAddCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;

    @Mixin
    SuppressSelection wanted = new SuppressSelection();

    @Option(names = "--json", description = "Print JSON: {app_token, added}, the number of identifiers that were new.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    SuppressAddCommand(Sessions sessions, PrintWriter out) {
        this.sessions = sessions;
        this.out = out;
    }

    @Override
    public Integer call() {
        Device named = wanted.named();
        try (Session session = sessions.openWithLedger()) {
            Device device = named == null ? wanted.ofRow(session.bean(RowLookup.class)) : named;
            int added = session.bean(LedgerCommands.class)
                    .suppress(
                            device.appToken(),
                            device.identities(),
                            System.getProperty("user.name"),
                            wanted.because.strip());
            out.print(json ? SuppressJson.changed(device.appToken(), "added", added) : words(device, added));
            return 0;
        }
    }

    private static String words(Device device, int added) {
        int all = device.identities().size();
        if (added == 0) {
            return "The device is on the list of app %s already. Nothing was done.%n".formatted(device.appToken());
        }
        return "The device is on the list of app %s now, by %s%s. The next run settles its open rows as suppressed.%n"
                .formatted(
                        device.appToken(),
                        all == 1 ? "1 identifier" : all + " identifiers",
                        added < all ? ", of which " + added + " new" : "");
    }
}
