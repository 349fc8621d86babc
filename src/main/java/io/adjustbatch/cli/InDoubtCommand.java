package io.adjustbatch.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The rows that wait for a person; its subcommands do the work. */
@Command(
        name = "in-doubt",
        synopsisSubcommandLabel = "(list | resolve)",
        description = {
            "Shows and decides the rows in doubt: their request left, and no answer was recorded.",
            "",
            "Adjust may have counted them or not, so no run sends them again. Look them up in Adjust's raw data (the"
                    + " setting adjust.reference-parameter makes that easy), then record what you found."
        },
        footer = {
            "Examples:",
            "  ... in-doubt list",
            "  ... in-doubt resolve --row purchase:4711 --as sent --because \"is in Adjust's export of 24 November\""
        })
final class InDoubtCommand implements Runnable {

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    CommonOptions common = new CommonOptions();

    /**
     * Nothing was asked for.
     *
     * @throws ParameterException always
     */
    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "A command is missing: in-doubt list or in-doubt resolve.");
    }
}
