package io.adjustbatch.cli;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.job.Replay;
import io.adjustbatch.job.ReplayPreview;
import io.adjustbatch.ledger.RefusedRows.Selection;
import io.adjustbatch.warehouse.Kind;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes refused rows pending again after a fix. */
@Command(
        name = "replay",
        description = {
            "Makes refused rows pending again, once what they were refused for is mended; the next run sends them. Your"
                    + " name, the time and the reason stay in the journal.",
            "",
            "Only rows that are rejected, invalid, expired, suppressed, or repeat another row's transaction. Never a row"
                    + " that was sent, is in doubt, or that Adjust has counted before. A row that has been sent to Adjust"
                    + " goes again with the same money, time and tokens; its parameters, and all of a row that never"
                    + " left, are read from the warehouse anew.",
            "",
            "Shows rows and money first, and asks; where nobody can be asked, it needs --yes."
        },
        footer = {
            "Settings it needs: spring.datasource.url, .username, .password (without: the embedded database), and",
            "privacy.hash-key or privacy.hash-key-file if runs have it.",
            "",
            "Examples:",
            "  ... replay --class ROW_FAULT --app kq3x8v2m5nlc --because \"callback parameters corrected\"",
            "  ... replay --class invalid-row --kind purchase --since 2026-01-31 --because \"load mended\" --yes",
            "",
            "Exit codes: 0 done, or there are no such rows; 2 wrong usage or configuration, or not confirmed; 5 a run",
            "is or was at work; 1 unexpected failure. Nothing was done unless it is 0."
        })
final class ReplayCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;
    private final PrintWriter err;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--class",
            required = true,
            paramLabel = "CLASS",
            converter = ErrorClassConverter.class,
            description = "Why they were refused, such as ROW_FAULT or INVALID_ROW.")
    @Nullable
    ErrorClass errorClass;

    @Option(
            names = "--kind",
            split = ",",
            paramLabel = "KIND",
            converter = KindConverter.class,
            description = "Only these kinds: session, purchase, ad_revenue. Default: all of them.")
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);

    @Option(names = "--app", paramLabel = "TOKEN", description = "Only of this app. Default: of all apps.")
    @Nullable
    String app;

    @Option(names = "--event-token", paramLabel = "TOKEN", description = "Only of this event token. Default: of all.")
    @Nullable
    String eventToken;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            converter = DayConverter.class,
            description = "Only rows that occurred on this day or later, UTC, such as 2026-01-31.")
    @Nullable
    LocalDate since;

    @Option(
            names = "--because",
            required = true,
            paramLabel = "TEXT",
            description = "What was mended; stays in the journal and in the reports.")
    String because = "";

    @Option(names = "--yes", description = "Do not ask.")
    boolean yes;

    @Option(names = "--json", description = "Print JSON, with money as text so that no reader rounds it.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    ReplayCommand(Sessions sessions, PrintWriter out, PrintWriter err) {
        this.sessions = sessions;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        if (because.isBlank()) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--because is empty: say what was mended");
        }
        try (Session session = sessions.openWithLedger()) {
            replay(session.bean(Replay.class));
            return 0;
        }
    }

    private void replay(Replay replay) {
        Selection selection = selection();
        ReplayPreview preview = replay.preview(selection);
        if (!json) {
            print(ReplayText.before(selection.errorClass(), preview));
        }
        boolean replayed = preview.rows() > 0 && isConfirmed(preview) && execute(replay, selection, preview.rows());
        if (json) {
            print(ReplayJson.of(selection.errorClass(), preview, replayed));
        } else if (replayed) {
            print(ReplayText.done(preview.rows()));
        }
    }

    private Selection selection() {
        return new Selection(
                Objects.requireNonNull(errorClass),
                kinds.isEmpty() ? EnumSet.allOf(Kind.class) : kinds,
                app,
                eventToken,
                since == null ? null : since.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    private boolean isConfirmed(ReplayPreview preview) {
        if (yes) {
            return true;
        }
        if (!Question.canBeAsked()) {
            throw refused(preview, "Nothing was done: nobody can be asked here. What next: the same with --yes");
        }
        if (!Question.isAnsweredYes(err, "%n%s".formatted(ReplayText.question(preview.rows())))) {
            throw refused(preview, "Nothing was done.");
        }
        return true;
    }

    /** A script that asks for JSON learns all the same what would be done. */
    private CommandFailure refused(ReplayPreview preview, String message) {
        if (json) {
            print(ReplayJson.of(Objects.requireNonNull(errorClass), preview, false));
        }
        return new CommandFailure(ExitCode.USAGE, message);
    }

    private boolean execute(Replay replay, Selection selection, long rows) {
        if (!replay.execute(selection, rows, System.getProperty("user.name"), because.strip())) {
            throw new CommandFailure(
                    ExitCode.LOCKED,
                    "A run, or another command, has changed these rows since they were counted. Nothing was done."
                            + " What next: the same again");
        }
        return true;
    }

    private void print(String text) {
        out.print(text);
        out.flush();
    }
}
