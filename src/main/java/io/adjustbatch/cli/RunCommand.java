package io.adjustbatch.cli;

import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.warehouse.Kind;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The nightly job. */
@Command(
        name = "run",
        description = {
            "Reports what is new in the warehouse to Adjust: the nightly job.",
            "",
            "Takes new rows into the ledger, sends every row that is open and due, checks that the books balance and"
                    + " writes the reports. What an earlier run left open, however it ended, is simply part of this one:"
                    + " starting it again is always safe. The warehouse is only read.",
            "",
            "SIGINT (Ctrl-C) and SIGTERM stop it in order: what is in flight is waited for, the rest stays pending."
        },
        footer = {
            "Settings it needs:",
            "  adjust.token, adjust.token-file or adjust.apps.<app_token>.token   Adjust's S2S tokens",
            "  spring.datasource.url, .username, .password   the warehouse (without: the embedded database)",
            "Settings worth knowing: adjust.base-url, adjust.max-in-flight, warehouse.<kind>.relation,",
            "warehouse.since, report.directory. All of them, with defaults: config/application.yml.",
            "",
            "Examples:",
            "  ... run",
            "  ... run --kind session,purchase --until 05:30",
            "  ... run --limit 100 --adjust.max-in-flight=4",
            "",
            "Exit codes: 0 done; 3 done, but rows are in doubt; 4 halted; 5 another run is at work; 6 stopped;",
            "7 the books do not balance; 2 wrong usage or configuration; 1 unexpected failure."
        })
final class RunCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Clock clock;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = "--kind",
            split = ",",
            paramLabel = "KIND",
            converter = KindConverter.class,
            description = "Only these kinds: session, purchase, ad_revenue. Default: all of them.")
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);

    @Option(
            names = "--dry-run",
            description = "Only show what it would do, as the command validate does; sends nothing.")
    boolean dryRun;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Send at most N rows of each kind; the others stay pending. Default: no limit.")
    @Nullable
    Long limit;

    @Option(
            names = "--until",
            paramLabel = "HH:MM",
            converter = TimeOfDay.class,
            description = "Stop sending at that time of day, in the time zone of this machine; ends with code 6 if rows"
                    + " are left.")
    @Nullable
    LocalTime until;

    RunCommand(Sessions sessions, PrintWriter out, PrintWriter err, Clock clock) {
        this.sessions = sessions;
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        RunOptions options = options();
        try (Session session = dryRun ? sessions.openWithLedger() : sessions.open(Database.NIGHTLY)) {
            if (dryRun) {
                out.print(ForecastText.of(session, options.kinds(), false));
                out.flush();
                return 0;
            }
            session.requireToken();
            return new WatchedRun(session, out, err)
                    .start(options, new FirstStagingQuestion(err))
                    .exitCode()
                    .code();
        }
    }

    private RunOptions options() {
        try {
            return new RunOptions(kinds.isEmpty() ? EnumSet.allOf(Kind.class) : kinds, limit, end());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
        }
    }

    private @Nullable Instant end() {
        return until == null ? null : next(until, ZonedDateTime.now(clock));
    }

    /** The first moment after now that shows this time of day. */
    static Instant next(LocalTime time, ZonedDateTime now) {
        ZonedDateTime today = now.with(time);
        return (today.isAfter(now) ? today : now.plusDays(1).with(time)).toInstant();
    }

    private static final class TimeOfDay implements ITypeConverter<LocalTime> {

        @Override
        public LocalTime convert(String value) {
            try {
                return LocalTime.parse(value);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException("'" + value + "' is no time of day such as 05:30");
            }
        }
    }
}
