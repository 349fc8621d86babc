package io.adjustbatch.cli;

import io.adjustbatch.job.Migration;
import io.adjustbatch.warehouse.CsvLoader;
import io.adjustbatch.warehouse.Kind;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rows from a CSV file into the default warehouse table of their kind. */
@Command(
        name = "load",
        description = {
            "Puts the rows of a CSV file into the default warehouse table of a kind.",
            "",
            "All rows of the file or none. The first line names the columns, as the README lists them; id, app_token,"
                    + " environment, occurred_at and an identifier are wanted in any file. Nothing is sent: the next run"
                    + " does that."
        },
        footer = {
            "Settings it needs: spring.datasource.url, .username, .password (without: the embedded database).",
            "",
            "Examples:",
            "  ... load purchases-2026-11-23.csv --kind purchase",
            "  ... load impressions.csv --kind ad_revenue",
            "",
            "Exit codes: 0 loaded; 2 wrong usage or a broken file: nothing was loaded; 1 unexpected failure."
        })
final class LoadCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FILE.csv", description = "The file: UTF-8, comma-separated, with a header line.")
    Path file = Path.of("");

    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            converter = KindConverter.class,
            description = "What its rows are: session, purchase or ad_revenue.")
    Kind kind = Kind.PURCHASE;

    LoadCommand(Sessions sessions, PrintWriter out) {
        this.sessions = sessions;
        this.out = out;
    }

    @Override
    public Integer call() {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "There is no readable file " + file);
        }
        try (Session session = sessions.open(Database.NIGHTLY)) {
            session.bean(Migration.class).migrate();
            long rows = session.bean(CsvLoader.class).load(file, kind);
            out.printf("Loaded %,d rows of kind %s from %s.%n", rows, kind.key(), file);
            out.println("What next: " + RootCommand.INVOCATION + " run");
            return 0;
        }
    }
}
