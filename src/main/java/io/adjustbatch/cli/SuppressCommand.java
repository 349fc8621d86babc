package io.adjustbatch.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The devices that must not be contacted; its subcommands do the work. */
@Command(
        name = "suppress",
        synopsisSubcommandLabel = "(list | add | remove)",
        description = {
            "Shows and changes the list of devices whose users opted out.",
            "",
            "A device comes onto it when Adjust answers 451 to one of its rows, or by \"suppress add\". Its rows of that app,"
                    + " of every kind, are settled as suppressed and never sent. The list holds keyed hashes, never an"
                    + " identifier."
        },
        footer = {
            "Examples:",
            "  ... suppress list --app kq3x8v2m5nlc",
            "  ... suppress add --row purchase:4711 --because \"asked by mail on 24 November\""
        })
final class SuppressCommand implements Runnable {

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
                Objects.requireNonNull(spec).commandLine(),
                "A command is missing: suppress list, suppress add or suppress remove.");
    }
}
