package dev.flowir.cli;

import picocli.CommandLine.Command;

/** {@code flow bindings}: without one of its commands it says what there is. */
@Command(
        name = "bindings",
        description = "Makes, checks and explains locks of what a deployment binds.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class BindingsCommand {}
