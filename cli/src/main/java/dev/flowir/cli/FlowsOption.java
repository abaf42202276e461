package dev.flowir.cli;

import dev.flowir.bindings.Kinds;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.HintTable;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import picocli.CommandLine.Option;

/** Options of commands about bindings: flows, and where kinds of providers are. */
final class FlowsOption {

    @Option(
            names = "--flow",
            paramLabel = "FLOW",
            description = "a flow: a JSON file, or a class with a field; may be repeated")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-cp", "--classpath"},
            paramLabel = "PATH",
            defaultValue = "",
            description = "where classes and kinds of providers are")
    private String classPath = "";

    private Optional<JavaValues> values = Optional.empty();

    Kinds kinds() {
        return kinds(values().loader());
    }

    /** Made once, so that flows and kinds come from the same loader. */
    private JavaValues values() {
        JavaValues made = values.orElseGet(() -> new JavaValues(classPath));
        values = Optional.of(made);
        return made;
    }

    static Kinds kinds(ClassLoader loader) {
        try {
            return Kinds.found(loader);
        } catch (ServiceConfigurationError broken) {
            throw new RefusedCommand("a module's kinds are broken: " + broken.getMessage());
        }
    }

    /** The flows that were named; refused when one cannot be read. */
    List<FlowSource> sources(Console console) {
        List<FlowSource> sources = new ArrayList<>();
        for (String name : names) {
            FlowSource source = FlowSource.read(name, values(), console);
            source.refusal()
                    .ifPresent(refusal -> {
                        throw new RefusedCommand(name + " holds no flow: " + refusal.message());
                    });
            sources.add(source);
        }
        return sources;
    }

    static List<FlowDefinition> definitions(List<FlowSource> sources) {
        return sources.stream().map(FlowSource::definition).flatMap(Optional::stream).toList();
    }

    /** Says what hints demand that the flows do not keep. */
    static int check(List<FlowSource> sources, HintTable hints, Console console) {
        int exitCode = ExitCode.OK;
        for (FlowSource source : sources) {
            Report report = Report.of(source.file(), hints);
            if (!report.valid()) {
                new TextReport(console.err()).print(report);
                exitCode = ExitCode.INVALID;
            }
        }
        return exitCode;
    }

    /** What a file holds. */
    static byte[] bytes(String file, Console console) {
        try {
            return FlowFile.bytes(file, console);
        } catch (IOException | InvalidPathException failure) {
            throw new RefusedCommand("cannot read " + file + ": " + FlowFile.why(failure));
        }
    }
}
