package io.adjustbatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.adjustbatch.audit.ExitCode;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns a command line into a command's work and its exit code.
 *
 * <p>{@code --help}, {@code --version} and wrong usage are answered before Spring starts: neither this class nor the
 * commands name one of its types in a field or signature, so that reading their annotations loads none of it.
 */
public final class Cli {

    /** {@code --adjust.timeout=5s}: a setting, as Spring Boot writes it. Options of commands never contain a dot. */
    private static final Pattern SETTING = Pattern.compile("--[A-Za-z][\\w-]*(\\[[^]]*])?\\.[^=]*=.*", Pattern.DOTALL);

    private final PrintWriter out;
    private final PrintWriter err;
    private final Sessions sessions;
    private final CommandLine commands;
    private final String[] arguments;

    private Cli(Class<?> application, PrintWriter out, PrintWriter err, List<String> args) {
        this.out = out;
        this.err = err;
        List<String> settings = new ArrayList<>();
        List<String> others = new ArrayList<>();
        // plain loops: the first stream costs a noticeable part of the time that --help may take
        for (String arg : args) {
            (isSetting(arg) ? settings : others).add(arg);
        }
        this.sessions = new Sessions(application, settings);
        this.arguments = others.toArray(new String[0]);
        this.commands = commands();
    }

    /**
     * Does what the arguments say.
     *
     * @param application the class that Spring Boot starts from
     * @return the exit code, as {@link ExitCode} lists them; results are on standard output, all else on standard error
     */
    public static int run(Class<?> application, String... args) {
        return run(
                application, new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8), args);
    }

    static int run(Class<?> application, PrintWriter out, PrintWriter err, String... args) {
        return new Cli(application, out, err, Arrays.asList(args)).execute();
    }

    private static boolean isSetting(String argument) {
        return SETTING.matcher(argument).matches();
    }

    private CommandLine commands() {
        Clock clock = Clock.system(ZoneId.systemDefault());
        CommandLine line = new CommandLine(new RootCommand())
                .addSubcommand(new DemoCommand(sessions, out, err, clock))
                .addSubcommand(new RunCommand(sessions, out, err, clock))
                .addSubcommand(new RestartCommand(sessions, out, err))
                .addSubcommand(new ValidateCommand(sessions, out))
                .addSubcommand(new StatusCommand(sessions, out))
                .addSubcommand(new ReportCommand(sessions, out, clock))
                .addSubcommand(new ReconcileCommand(sessions, out))
                .addSubcommand(new ExplainCommand(sessions, out))
                .addSubcommand(new ReplayCommand(sessions, out, err))
                .addSubcommand(new CommandLine(new InDoubtCommand())
                        .addSubcommand(new InDoubtListCommand(sessions, out))
                        .addSubcommand(new InDoubtResolveCommand(sessions, out)))
                .addSubcommand(new CommandLine(new SuppressCommand())
                        .addSubcommand(new SuppressListCommand(sessions, out))
                        .addSubcommand(new SuppressAddCommand(sessions, out))
                        .addSubcommand(new SuppressRemoveCommand(sessions, out)))
                .addSubcommand(new LoadCommand(sessions, out))
                .addSubcommand(new SandboxCommand(out))
                .addSubcommand(new MigrateCommand(sessions, out));
        return line.setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(this::wrongUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, parsed));
    }

    private int execute() {
        int code = commands.execute(arguments);
        if (!out.checkError()) {
            return code;
        }
        err.println(
                "Standard output cannot be written, so what stands there is not complete: a full disk, or a closed pipe.");
        return code == ExitCode.FINISHED.code() && !isRun() ? ExitCode.FAILED.code() : code;
    }

    /** A run's code is in the ledger and in its report, and scripts may rely on its being the same here. */
    private boolean isRun() {
        CommandLine.ParseResult parsed = commands.getParseResult();
        Object command = parsed != null && parsed.hasSubcommand()
                ? parsed.subcommand().commandSpec().userObject()
                : null;
        return command instanceof RunCommand run ? !run.dryRun : command instanceof RestartCommand;
    }

    private int wrongUsage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        err.println(message(failure));
        if (failure instanceof UnmatchedArgumentException unmatched && !takesIdentifiers(command)) {
            suggest(unmatched);
        }
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE.code();
    }

    private void suggest(UnmatchedArgumentException unmatched) {
        List<String> suggestions = unmatched.getSuggestions();
        if (!suggestions.isEmpty()) {
            err.println("Did you mean " + String.join(" or ", suggestions) + "?");
        }
        if (unmatched.getUnmatched().stream().anyMatch(argument -> argument.matches("--[^=]*\\.[^=]*"))) {
            err.println("Write a setting with its value in one word: --adjust.timeout=5s");
        }
    }

    private int failed(Exception exception, CommandLine.ParseResult parsed) {
        Failure failure = sessions.explain(exception);
        err.println(failure.message());
        if (wantsStackTrace(parsed)) {
            exception.printStackTrace(err);
        }
        return failure.exitCode().code();
    }

    private static boolean wantsStackTrace(CommandLine.ParseResult parsed) {
        CommandLine.ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last.hasMatchedOption("--stacktrace");
    }

    private static String message(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException && takesIdentifiers(failure.getCommandLine())) {
            return "There is a word too many, or an unknown option: write --identifier NAME=VALUE in one word.";
        }
        boolean isRoot = failure.getCommandLine().getParent() == null;
        return isRoot && failure instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
                ? "There is no command '" + unmatched.getUnmatched().get(0) + "'."
                : sentence(failure.getMessage());
    }

    /** What is not understood there may be a device identifier, which must not be repeated. */
    private static boolean takesIdentifiers(CommandLine command) {
        return command.getCommand() instanceof SuppressAddCommand
                || command.getCommand() instanceof SuppressRemoveCommand;
    }

    private static String sentence(@Nullable String message) {
        if (message == null || message.isEmpty()) {
            return "The command line is wrong.";
        }
        return message.endsWith(".") ? message : message + ".";
    }
}
