package dev.flowir.cli;

import dev.flowir.durable.StoredRuns;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.store.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code flow runs history}. */
@Command(
        name = "history",
        description = "Shows what was recorded of one run, first to last.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A store has no names of nodes, only their numbers: say with --names which flow",
            "the run is of, as JSON or as a class (with --classpath), to see names.",
            "Every record's checksum is verified.",
            "json gives one object per line: record, at, what, payload, began.",
            "Exit codes: 0 shown, 1 there is no such run, or a record is damaged,",
            "2 there is no such store or flow."
        })
final class RunsHistoryCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "ID", description = "the run")
    private String id = "";

    @Mixin private StoreFile store = new StoreFile();

    @Mixin private NodeNames names = new NodeNames();

    RunsHistoryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (Store opened = store.look()) {
            StoredRuns.in(opened)
                    .history(id, names.read(console))
                    .forEach(event ->
                            console.out()
                                    .println(
                                            store.isJson()
                                                    ? RunText.json(event)
                                                    : RunText.line(event)));
            return ExitCode.OK;
        } catch (JournalException refused) {
            return refused(refused, console);
        }
    }

    /** Says of a run that it cannot be shown; any other refusal is one of the command. */
    static int refused(JournalException refused, Console console) {
        if (refused.fault() != JournalFault.NOT_FOUND && refused.fault() != JournalFault.DAMAGED) {
            throw refused;
        }
        String code = refused.fault().code();
        console.err().println("flow: " + code + " " + refused.detail());
        console.err().println("      flow explain " + code);
        return ExitCode.INVALID;
    }
}
