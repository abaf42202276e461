package dev.flowir.wasm;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The conformance documents of the language, as values and as a program that makes the same. */
final class Documents {

    static final String MAIN_CLASS = "dev.flowir.wasm.DocumentsProgram";

    private static final String MAIN = "DocumentsProgram";
    private static final Path FOLDER = Path.of("../flow-ir/src/test/resources/conformance");

    private Documents() {}

    /** Every document that can be read, by its file's name. */
    static Map<String, FlowDefinition> read() throws IOException {
        JsonMapper mapper = new JsonMapper();
        Map<String, FlowDefinition> flows = new LinkedHashMap<>();
        for (String kind : List.of("cases", "cases-raw")) {
            try (Stream<Path> files = Files.list(FOLDER.resolve(kind))) {
                for (Path file : files.sorted().toList()) {
                    JsonNode node = mapper.readTree(file.toFile());
                    String text =
                            node.has("flow_text")
                                    ? node.get("flow_text").asString()
                                    : node.get("flow").toString();
                    String name = kind + "/" + file.getFileName();
                    if (FlowJson.read(text, name) instanceof FlowReading.Read read) {
                        flows.put(name, read.document().flow());
                    }
                }
            }
        }
        return flows;
    }

    /**
     * A program that makes each of {@code flows} and says what {@link DocumentCases} says of it.
     */
    static Map<String, String> program(Map<String, FlowDefinition> flows) {
        Map<String, String> sources = new LinkedHashMap<>();
        StringBuilder calls = new StringBuilder();
        int number = 0;
        for (Map.Entry<String, FlowDefinition> flow : flows.entrySet()) {
            String type = "Document" + number++;
            String name = JavaText.of(flow.getKey());
            calls.append("DocumentCases.print(").append(name).append(", ").append(type);
            calls.append("::make);\n");
            sources.put(
                    type + ".java",
                    "package dev.flowir.wasm; final class "
                            + type
                            + " { static dev.flowir.ir.FlowDefinition make() { return "
                            + JavaText.of(flow.getValue())
                            + "; } }");
        }
        sources.put(
                MAIN + ".java",
                "package dev.flowir.wasm; public final class "
                        + MAIN
                        + " { public static void main(String[] arguments) {\n"
                        + "GateProgram.main(arguments);\n"
                        + calls
                        + "} }");
        return sources;
    }
}
