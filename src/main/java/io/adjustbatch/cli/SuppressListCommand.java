package io.adjustbatch.cli;

import io.adjustbatch.ledger.SuppressedDevices;
import io.adjustbatch.ledger.SuppressedDevices.Entry;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the opted-out devices. */
@Command(
        name = "list",
        description = {
            "Lists the identifiers of opted-out devices, the latest first: of which app and which name, since when, by which"
                    + " row or person, and why. The identifiers themselves are not known to the ledger.",
            "",
            "Only reads; it may be used while a run is at work."
        },
        footer = {
            "Settings it needs: spring.datasource.url, .username, .password (without: the embedded database).",
            "",
            "Examples:",
            "  ... suppress list --app kq3x8v2m5nlc",
            "  ... suppress list --limit 100000 --json",
            "",
            "Exit codes: 0 shown; 2 wrong usage or configuration, no ledger yet; 1 unexpected failure."
        })
final class SuppressListCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;

    @Option(names = "--app", paramLabel = "TOKEN", description = "Only of this app. Default: of all apps.")
    @Nullable
    String app;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            converter = RowLimitConverter.class,
            description = "Most identifiers to list. Default: 100.")
    int limit;

    @Option(names = "--json", description = "Print JSON: {count, identifiers}.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    SuppressListCommand(Sessions sessions, PrintWriter out) {
        this.sessions = sessions;
        this.out = out;
    }

    @Override
    public Integer call() {
        try (Session session = sessions.openWithLedger()) {
            SuppressedDevices devices = session.bean(SuppressedDevices.class);
            show(devices.count(app), devices.list(app, limit));
            return 0;
        }
    }

    private void show(long count, List<Entry> entries) {
        if (json) {
            out.print(SuppressJson.of(count, entries));
        } else if (count == 0) {
            out.println("No device is on the list.");
        } else {
            out.print(table(entries));
            out.printf(
                    "%n%s on the list%s.%n",
                    count == 1 ? "1 identifier" : SummaryTable.number(count) + " identifiers",
                    entries.size() < count
                            ? ", of which the latest " + SummaryTable.number(entries.size()) + " are shown"
                            : "");
        }
        out.flush();
    }

    private static TextTable table(List<Entry> entries) {
        TextTable table = new TextTable().add("app", "identifier", "since", "by", "run", "because");
        for (Entry entry : entries) {
            table.add(
                    entry.appToken(),
                    entry.identifier(),
                    entry.since().truncatedTo(ChronoUnit.SECONDS).toString(),
                    entry.by(),
                    entry.runId() == null ? "" : entry.runId().toString(),
                    entry.because());
        }
        return table;
    }
}
