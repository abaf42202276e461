package dev.flowir.cli;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.json.FlowReading;
import dev.flowir.ir.render.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flow graph}. */
@Command(
        name = "graph",
        description = "Draws a flow. Invalid flows are drawn too.",
        mixinStandardHelpOptions = true)
final class GraphCommand implements Callable<Integer> {

    enum Format {
        MERMAID,
        DOT,
        SVG
    }

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "a flow as JSON; - for standard input")
    private String file = "-";

    @Option(
            names = "--format",
            paramLabel = "mermaid|dot|svg",
            defaultValue = "mermaid",
            description = "default: mermaid")
    private Format format = Format.MERMAID;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where the picture goes; default: standard output")
    private Optional<Path> output = Optional.empty();

    GraphCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        FlowFile read = FlowFile.read(file, console);
        return switch (read.reading()) {
            case FlowReading.Refused refused -> {
                new TextReport(console.err()).print(read, refused.error());
                yield ExitCode.UNREADABLE;
            }
            case FlowReading.Read flow -> {
                write(draw(flow.document().flow()));
                yield ExitCode.OK;
            }
        };
    }

    private String draw(FlowDefinition flow) {
        return switch (format) {
            case MERMAID -> Pictures.mermaid(flow);
            case DOT -> Pictures.dot(flow);
            case SVG -> Pictures.svg(flow);
        };
    }

    private void write(String picture) {
        if (output.isEmpty()) {
            console.out().print(picture);
            console.out().flush();
            return;
        }
        try {
            Files.writeString(output.get(), picture);
        } catch (IOException failure) {
            throw new RefusedCommand("cannot write " + output.get() + ": " + FlowFile.why(failure));
        }
    }
}
