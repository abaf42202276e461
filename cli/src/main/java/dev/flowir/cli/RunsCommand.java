package dev.flowir.cli;

import picocli.CommandLine.Command;

/** {@code flow runs}: without one of its commands it says what there is. */
@Command(
        name = "runs",
        description = "Looks at the durable runs in a store, and steers them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "list, show, history and ledger only read. The others ask the application that has the store",
            "open, which takes requests when its runtime was opened with .admin(). While none has",
            "it open, what is asked is kept in the store for the next one."
        })
final class RunsCommand {

    /** What commands say that steer. */
    static final String STEERING =
            "\nAsks the application that has the store open, which takes requests when its runtime"
                    + "\nwas opened with .admin(). While none has, what is asked is kept in the store"
                    + "\nfor the next one.\n"
                    + "json gives one object per line: id, then now (a state, or kept) or code and"
                    + "\nmessage.\n"
                    + "Exit codes: 0 done or kept, 1 it was refused for a run, 2 there is no such"
                    + "\nstore, or its application does not answer.\n";
}
