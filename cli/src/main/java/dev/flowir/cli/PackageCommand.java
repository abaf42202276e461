package dev.flowir.cli;

import picocli.CommandLine.Command;

/** {@code flow package}: without the name of a platform it says what there is. */
@Command(
        name = "package",
        description = "Writes projects in which flows run on other platforms.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "PLATFORM")
final class PackageCommand {}
