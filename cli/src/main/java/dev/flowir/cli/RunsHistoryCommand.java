package dev.flowir.cli;

import dev.flowir.durable.StoredRuns;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.json.FlowReading;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.store.Store;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--names",
            paramLabel = "FLOW",
            description = "the flow of the run, for names of nodes")
    private Optional<String> flow = Optional.empty();

    @Option(
            names = {"-cp", "--classpath"},
            paramLabel = "PATH",
            defaultValue = "",
            description = "where classes are")
    private String classPath = "";

    RunsHistoryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        IntFunction<String> names = flow.map(this::names).orElse(node -> "node " + node);
        try (Store opened = store.look()) {
            StoredRuns.in(opened)
                    .history(id, names)
                    .forEach(event ->
                            console.out()
                                    .println(
                                            store.isJson()
                                                    ? RunText.json(event)
                                                    : RunText.line(event)));
            return ExitCode.OK;
        } catch (JournalException refused) {
            if (refused.fault() != JournalFault.NOT_FOUND
                    && refused.fault() != JournalFault.DAMAGED) {
                throw refused;
            }
            String code = refused.fault().code();
            console.err().println("flow: " + code + " " + refused.detail());
            console.err().println("      flow explain " + code);
            return ExitCode.INVALID;
        }
    }

    private IntFunction<String> names(String target) {
        FlowDefinition definition = definition(target);
        return node ->
                node < definition.nodes().size()
                        ? definition.nodes().get(node).alias()
                        : "node " + node;
    }

    private FlowDefinition definition(String target) {
        if (!target.endsWith(".json")) {
            return new JavaValues(classPath).flow(target).definition();
        }
        FlowFile file = FlowFile.read(target, console);
        return switch (file.reading()) {
            case FlowReading.Read read -> read.document().flow();
            case FlowReading.Refused ignored -> {
                new TextReport(console.err()).print(Report.of(file, HintTable.FULL));
                throw new RefusedCommand("the names cannot be read from " + target);
            }
        };
    }
}
