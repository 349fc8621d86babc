package io.adjustbatch.cli;

import io.adjustbatch.adjust.DeviceIdentity;
import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.warehouse.RowKey;
import io.adjustbatch.warehouse.RowLookup;
import io.adjustbatch.warehouse.WarehouseRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which device a person means, why, and for which app. No message repeats an identifier. */
final class SuppressSelection {

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Option(names = "--app", paramLabel = "TOKEN", description = "The app, with --identifier.")
    @Nullable
    String app;

    @Option(
            names = "--identifier",
            paramLabel = "NAME=VALUE",
            description =
                    "An identifier of the device, such as gps_adid=-; may be repeated. With - for VALUE it is read"
                            + " from standard input, a line each: other users of the machine can see command lines.")
    List<String> identifiers = new ArrayList<>();

    @Option(
            names = "--row",
            paramLabel = "KIND:ID",
            converter = RowKeyConverter.class,
            description = "Instead: the app and all identifiers of this row of the warehouse, such as purchase:4711.")
    @Nullable
    RowKey row;

    @Option(
            names = "--because",
            required = true,
            paramLabel = "TEXT",
            description = "Why; stays in the ledger. Write no identifier there.")
    String because = "";

    /** A device of one app, by at least one identifier. */
    record Device(String appToken, List<DeviceIdentity> identities) {}

    /**
     * What was said on the command line, and on standard input.
     *
     * @return null if a row was named
     * @throws ParameterException if it is not clear
     */
    @Nullable
    Device named() {
        if (because.isBlank()) {
            throw wrong("--because is empty: say why");
        }
        if (row != null && (app != null || !identifiers.isEmpty())) {
            throw wrong("--row names the app and its identifiers: leave out --app and --identifier");
        }
        if (row != null) {
            return null;
        }
        if (app == null || identifiers.isEmpty()) {
            throw wrong("Say which device: --app TOKEN --identifier NAME=VALUE, or --row KIND:ID");
        }
        if (!app.matches("[A-Za-z0-9]{12}")) {
            throw wrong("--app must be an app token of 12 letters or digits");
        }
        // not closed: standard input is the process's
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        return new Device(
                app, identifiers.stream().map(text -> identity(text, input)).toList());
    }

    /**
     * The device of the row that was named.
     *
     * @throws CommandFailure if there is no such row, or it has no app or device
     */
    Device ofRow(RowLookup rows) {
        RowKey wanted = Objects.requireNonNull(row);
        String name = wanted.toString();
        WarehouseRow found = rows.find(wanted.kind(), wanted.id())
                .orElseThrow(() -> failure("There is no row " + name + " in the warehouse."));
        List<DeviceIdentity> identities = DeviceIdentity.carriedBy(found);
        if (found.appToken() == null || identities.isEmpty()) {
            throw failure("Row " + name + " has no app token, or no device identifier.");
        }
        return new Device(found.appToken(), identities);
    }

    private DeviceIdentity identity(String text, BufferedReader input) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw wrong("--identifier must be NAME=VALUE in one word, such as gps_adid=-");
        }
        String value = text.substring(equals + 1);
        try {
            return DeviceIdentity.of(text.substring(0, equals), value.equals("-") ? line(input) : value);
        } catch (IllegalArgumentException e) {
            throw wrong("--identifier is not right: " + e.getMessage());
        }
    }

    private static String line(BufferedReader input) {
        try {
            return Objects.requireNonNullElse(input.readLine(), "");
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read", e);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private static CommandFailure failure(String message) {
        return new CommandFailure(ExitCode.USAGE, message + " Nothing was done.");
    }
}
