package dev.flowir.cli;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.json.FlowReading;
import java.util.Optional;
import java.util.function.IntFunction;
import picocli.CommandLine.Option;

/** Names for the nodes of a run: a store has only their numbers. */
final class NodeNames {

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

    /** Reads the names, or takes the numbers where no flow was given. */
    IntFunction<String> read(Console console) {
        return flow.map(target -> names(definition(target, console)))
                .orElse(node -> "node " + node);
    }

    private static IntFunction<String> names(FlowDefinition definition) {
        return node ->
                node < definition.nodes().size()
                        ? definition.nodes().get(node).alias()
                        : "node " + node;
    }

    private FlowDefinition definition(String target, Console console) {
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
