package dev.flowir.ir.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes broken and odd documents out of whole ones; the same seed makes the same. */
final class Mutations {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "null",
        "true",
        "-",
        "0",
        "1e999",
        "1.0",
        "18446744073709551616",
        "\\u0000",
        "\\ud800",
        "\u0000",
        "\uFEFF",
        "\uD83D",
        "//",
        " ",
        "\"kind\":",
        "\"id\":\"x\",",
        "[[[[[[[[",
        "\"v\":1,",
        "~",
        "/"
    };

    private static final String[] TEXTS = {
        "",
        "~",
        "/",
        "/~",
        "/a~2",
        "a",
        "named",
        "opaque",
        "if",
        "switch",
        "loop",
        "timeout",
        "for_each",
        "effectful",
        "exactly_once",
        "resource::dedupe",
        "resource::",
        "1.0.0",
        "\0"
    };

    private final Random random;

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    /**
     * One to four mutations of {@code text}, of its values when it is JSON, else of its characters.
     */
    String mutate(String text) {
        String mutated = text;
        int count = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
        for (int i = 0; i < count; i++) {
            boolean characters = random.nextInt(4) == 0 || i > 0 || text.isBlank();
            mutated = characters ? mutateCharacters(mutated) : mutateValues(text);
        }
        return mutated;
    }

    private String mutateCharacters(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        String middle =
                switch (random.nextInt(4)) {
                    case 0 -> "";
                    case 1 -> text.substring(from, to) + text.substring(from, to);
                    case 2 -> PIECES[random.nextInt(PIECES.length)];
                    default -> PIECES[random.nextInt(PIECES.length)] + text.substring(from, to);
                };
        return text.substring(0, from) + middle + text.substring(to);
    }

    private String mutateValues(String text) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (tools.jackson.core.JacksonException notJson) {
            return mutateCharacters(text);
        }
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        boolean textsOnly = random.nextBoolean();
        for (int i = random.nextInt(3); i >= 0 && !containers.isEmpty(); i--) {
            JsonNode container = containers.get(random.nextInt(containers.size()));
            if (container instanceof ObjectNode object && textsOnly) {
                replaceText(object);
            } else if (container instanceof ObjectNode object) {
                mutate(object);
            } else if (container instanceof ArrayNode array) {
                mutate(array);
            }
        }
        return root.toString();
    }

    private void mutate(ObjectNode object) {
        List<String> keys = new ArrayList<>(object.propertyNames());
        if (keys.isEmpty()) {
            object.set(TEXTS[random.nextInt(TEXTS.length)], value());
            return;
        }
        String key = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(4)) {
            case 0 -> object.remove(key);
            case 1 -> object.set(key, value());
            case 2 -> object.set(key.toUpperCase(java.util.Locale.ROOT), object.remove(key));
            default ->
                    object.set(key, object.get(keys.get(random.nextInt(keys.size()))).deepCopy());
        }
    }

    /** Keeps most documents readable, so that the checker sees odd ones too. */
    private void replaceText(ObjectNode object) {
        for (String key : new ArrayList<>(object.propertyNames())) {
            boolean free = !key.equals("version") && !key.equals("kind");
            if (object.get(key).isString() && free && random.nextInt(3) == 0) {
                object.put(key, TEXTS[random.nextInt(TEXTS.length)]);
            }
        }
    }

    private void mutate(ArrayNode array) {
        if (array.isEmpty() || random.nextInt(4) == 0) {
            array.add(value());
            return;
        }
        int index = random.nextInt(array.size());
        switch (random.nextInt(3)) {
            case 0 -> array.remove(index);
            case 1 -> array.set(index, value());
            default -> array.add(array.get(index).deepCopy());
        }
    }

    private JsonNode value() {
        return switch (random.nextInt(8)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.numberNode(random.nextInt(3) - 1);
            case 2 -> NODES.numberNode(random.nextDouble());
            case 3 -> NODES.booleanNode(random.nextBoolean());
            case 4 -> NODES.objectNode();
            case 5 -> NODES.arrayNode().add(TEXTS[random.nextInt(TEXTS.length)]);
            default -> NODES.stringNode(TEXTS[random.nextInt(TEXTS.length)]);
        };
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.forEach(inner -> collect(inner, containers));
        }
    }
}
