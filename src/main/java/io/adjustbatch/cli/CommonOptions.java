package io.adjustbatch.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every command understands, and how each one's help is laid out. */
@Command(
        synopsisHeading = "Usage: ",
        customSynopsis = {},
        descriptionHeading = "%n",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%n",
        sortOptions = false,
        showDefaultValues = false)
final class CommonOptions {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 100,
            description = "Show this help.")
    boolean help;

    @Option(names = "--stacktrace", order = 99, description = "If the command fails, show where.")
    boolean stackTrace;
}
