package dev.flowir.cli;

import picocli.CommandLine.Command;

/** {@code flow dlq}: without one of its commands it says what there is. */
@Command(
        name = "dlq",
        description = "Looks at dead letters in a store, and sends them again.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "list and show only read, and may be used while an application runs. redrive writes,",
            "and a store has one writer: stop the application first (STORE101 names it), or let",
            "it redrive by itself: Broker.admin(queue).redrive."
        })
final class DlqCommand {}
