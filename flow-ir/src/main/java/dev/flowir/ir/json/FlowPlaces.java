package dev.flowir.ir.json;

import dev.flowir.ir.check.Position;
import dev.flowir.ir.check.SourceMap;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/**
 * Finds elements of a text that was already read, in one pass over it. Nothing is remembered while
 * reading, so a flow without findings pays nothing for its positions.
 */
final class FlowPlaces implements SourceMap {

    private final String text;
    private final String source;

    FlowPlaces(String text, String source) {
        this.text = text;
        this.source = source;
    }

    /** The pointers that are wanted, as a tree of their steps. */
    private static final class Wanted {
        final Map<String, Wanted> steps = new HashMap<>();
        Position position;

        Wanted(Position nearest) {
            this.position = nearest;
        }
    }

    @Override
    public Map<String, Position> locate(Collection<String> pointers) {
        Position start = new Position(source, 1, 1);
        Wanted root = new Wanted(start);
        Map<String, Wanted> ends = new HashMap<>();
        for (String pointer : pointers) {
            ends.put(pointer, plant(root, pointer, start));
        }
        try (JsonParser parser = FlowParser.open(text)) {
            parser.nextToken();
            walk(parser, root);
        }
        Map<String, Position> found = new HashMap<>();
        ends.forEach((pointer, end) -> found.put(pointer, end.position));
        return found;
    }

    private static Wanted plant(Wanted root, String pointer, Position start) {
        Wanted at = root;
        int from = 1;
        while (from <= pointer.length()) {
            int slash = pointer.indexOf('/', from);
            int to = slash < 0 ? pointer.length() : slash;
            String step = pointer.substring(from, to).replace("~1", "/").replace("~0", "~");
            at = at.steps.computeIfAbsent(step, missing -> new Wanted(start));
            from = to + 1;
        }
        return at;
    }

    /** The depth of recursion is that of a wanted pointer, which leads into kept values only. */
    private void walk(JsonParser parser, Wanted wanted) {
        TokenStreamLocation place = parser.currentTokenLocation();
        settle(wanted, new Position(source, place.getLineNr(), place.getColumnNr()));
        if (wanted.steps.isEmpty()) {
            parser.skipChildren();
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                step(parser, wanted, parser.currentName(), true);
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                step(parser, wanted, Integer.toString(i), false);
            }
        }
    }

    private void step(JsonParser parser, Wanted wanted, String step, boolean named) {
        if (named) {
            parser.nextToken();
        }
        Wanted inner = wanted.steps.get(step);
        if (inner == null) {
            parser.skipChildren();
        } else {
            walk(parser, inner);
        }
    }

    /** Gives the position also to what is wanted inside, in case the text does not spell it out. */
    private static void settle(Wanted wanted, Position position) {
        wanted.position = position;
        for (Wanted inner : wanted.steps.values()) {
            settle(inner, position);
        }
    }
}
