package dev.flowir.cli;

import picocli.CommandLine.Command;

/** {@code flow publish}: without the name of a platform it says what there is. */
@Command(
        name = "publish",
        description = "Gives packaged projects to the platforms that run them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "PLATFORM")
final class PublishCommand {}
