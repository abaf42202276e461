package dev.flowir.ir.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The documents with known verdicts under {@code src/test/resources/conformance}. */
final class ConformanceCases {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Path ROOT = Path.of("src/test/resources/conformance");

    /**
     * A verdict.
     *
     * @param parseError whether the text is refused
     * @param valid whether the flow is valid
     * @param codes codes of its errors, in any order
     * @param order the same in order, when the case states it
     */
    record Verdict(
            boolean parseError, boolean valid, List<String> codes, Optional<List<String>> order) {}

    /** A case with its verdict under all hints, and under the reference's few when it differs. */
    record Case(String file, String text, boolean optional, Verdict full, Optional<Verdict> core) {

        @Override
        public String toString() {
            return file;
        }
    }

    private ConformanceCases() {}

    static List<Case> documents() {
        return read("cases");
    }

    static List<Case> raw() {
        return read("cases-raw");
    }

    static List<Case> all() {
        List<Case> all = new ArrayList<>(documents());
        all.addAll(raw());
        return all;
    }

    private static List<Case> read(String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.sorted().map(ConformanceCases::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case read(Path file) {
        JsonNode node = MAPPER.readTree(file.toFile());
        String text =
                node.has("flow_text")
                        ? node.get("flow_text").asString()
                        : node.get("flow").toString();
        return new Case(
                file.getFileName().toString(),
                text,
                node.has("optional"),
                verdict(node.get("expect")),
                node.has("expect_core")
                        ? Optional.of(verdict(node.get("expect_core")))
                        : Optional.empty());
    }

    private static Verdict verdict(JsonNode node) {
        if (node.has("parse_error")) {
            return new Verdict(true, false, List.of(), Optional.empty());
        }
        return new Verdict(
                false,
                node.get("valid").asBoolean(),
                texts(node.get("codes")),
                node.has("order") ? Optional.of(texts(node.get("order"))) : Optional.empty());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asString()));
        return texts;
    }
}
