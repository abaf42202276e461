package dev.flowir.cli;

import picocli.CommandLine.Command;

/** {@code flow runs}: without one of its commands it says what there is. */
@Command(
        name = "runs",
        description = "Looks at the durable runs in a store.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "They only read, and may be used while an application runs. What steers a run is",
            "the application that has its code: DurableRuntime.pause, resume, terminate,",
            "restart, restartFrom and signal."
        })
final class RunsCommand {}
