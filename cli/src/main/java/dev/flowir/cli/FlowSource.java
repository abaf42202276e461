package dev.flowir.cli;

import dev.flowir.ir.Flow;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.check.Checker;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.json.FlowDocument;
import dev.flowir.ir.json.FlowReading;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A flow that the user named: a file, or a field of a class.
 *
 * @param file the file; of a class its name alone
 * @param flow the flow in the class
 */
record FlowSource(FlowFile file, Optional<Flow<?, ?>> flow) {

    static FlowSource read(String name, JavaValues values, Console console) {
        if (isFile(name)) {
            return new FlowSource(FlowFile.read(name, console), Optional.empty());
        }
        Flow<?, ?> flow = values.flow(name);
        FlowReading reading =
                new FlowReading.Read(
                        new FlowDocument(flow.definition(), pointers -> Map.of(), List.of()));
        return new FlowSource(new FlowFile(name, "", reading), Optional.of(flow));
    }

    /** Whether {@code name} is that of a file rather than of a class. */
    static boolean isFile(String name) {
        try {
            return name.equals("-") || name.endsWith(".json") || Files.exists(Path.of(name));
        } catch (InvalidPathException noPath) {
            return false;
        }
    }

    Optional<FlowDefinition> definition() {
        return switch (file.reading()) {
            case FlowReading.Read read -> Optional.of(read.document().flow());
            case FlowReading.Refused refused -> Optional.empty();
        };
    }

    Optional<Diagnostic> refusal() {
        return switch (file.reading()) {
            case FlowReading.Read read -> Optional.empty();
            case FlowReading.Refused refused -> Optional.of(refused.error());
        };
    }

    /** What was found in this flow, with its line and column when the flow has a text. */
    Diagnostic located(Diagnostic found) {
        return switch (file.reading()) {
            case FlowReading.Read read ->
                    Checker.locate(List.of(found), read.document().places()).get(0);
            case FlowReading.Refused refused -> found;
        };
    }
}
