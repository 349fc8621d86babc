package io.adjustbatch.cli;

import io.adjustbatch.audit.NextSteps;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line without a command: tells which there are. */
@Command(
        name = RootCommand.INVOCATION,
        versionProvider = RootCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "Reports a warehouse's purchases, ad revenue and sessions to Adjust every night, and can prove it.%n",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nStart here:%n",
        footer = {
            "  demo              sees the whole product at work; needs nothing",
            "  COMMAND --help    what a command does to your data, its settings, examples",
            "",
            "Settings are Spring Boot's. The later of these wins:",
            "  config/application.yml in the working directory, environment variables (ADJUST_BASE_URL),",
            "  -Dadjust.base-url=... before -jar, --adjust.base-url=... after the command.",
            "Without spring.datasource.url an embedded PostgreSQL keeps the data.",
            "",
            "Exit codes:",
            "  0  nothing failed and nothing waits for a person",
            "  1  unexpected failure",
            "  2  wrong usage or configuration; nothing was done",
            "  3  finished, but rows wait for a person: they are in doubt",
            "  4  halted: a configuration fault, a limit, or Adjust unreachable; rows are left",
            "  5  another process holds the lock; nothing was done",
            "  6  stopped by a signal or --until; rows are left",
            "  7  the books do not balance",
            "Results go to standard output, progress and logs to standard error."
        })
final class RootCommand implements Runnable {

    /** How the program is started, as the README says. */
    static final String INVOCATION = NextSteps.INVOCATION;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version of Adjust Batch, Java and the operating system.")
    boolean version;

    /**
     * Nothing was asked for.
     *
     * @throws ParameterException always
     */
    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "A command is missing: demo, run, status, load, ...");
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = RootCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "Adjust Batch " + (version == null ? "(not packaged)" : version),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
            };
        }
    }
}
