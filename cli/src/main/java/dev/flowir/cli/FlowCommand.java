package dev.flowir.cli;

import picocli.CommandLine.Command;

/** The command without a name: without one of its commands it says what there is. */
@Command(
        name = "flow",
        description = "Checks, draws and runs flows, and looks at what durable runs left.",
        mixinStandardHelpOptions = true,
        version = "flow 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done, 1 a flow is invalid or its run failed,",
            "2 something could not be read, 3 flow itself is at fault."
        })
final class FlowCommand {}
