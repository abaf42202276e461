package dev.flowir.ir.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Finds line and column of a path in a text. Used only when a payload was refused. */
final class JsonPlaces {

    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * A place in the text.
     *
     * @param line counted from 1
     * @param column counted from 1
     * @param kind what stands there, in words
     * @param exact false when the path ends above what was asked for: the member is not there
     * @param names then, the first members that are there
     */
    record Place(int line, int column, String kind, boolean exact, List<String> names) {}

    /** Members remembered for a suggestion. */
    private static final int MAX_NAMES = 64;

    private JsonPlaces() {}

    static Optional<Place> find(byte[] bytes, List<String> path) {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            if (in.nextToken() == null) {
                return Optional.empty();
            }
            for (String step : path) {
                TokenStreamLocation above = in.currentTokenLocation();
                String kind = kind(in.currentToken());
                List<String> names = new ArrayList<>();
                if (!descend(in, step, names)) {
                    return Optional.of(
                            new Place(above.getLineNr(), above.getColumnNr(), kind, false, names));
                }
            }
            TokenStreamLocation here = in.currentTokenLocation();
            return Optional.of(
                    new Place(
                            here.getLineNr(),
                            here.getColumnNr(),
                            kind(in.currentToken()),
                            true,
                            List.of()));
        } catch (JacksonException broken) {
            // the text is broken before the place; the failure at hand says so already
            return Optional.empty();
        }
    }

    private static boolean descend(JsonParser in, String step, List<String> names) {
        if (in.currentToken() == JsonToken.START_OBJECT) {
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = in.currentName();
                boolean wanted = name.equals(step);
                if (names.size() < MAX_NAMES) {
                    names.add(name);
                }
                in.nextToken();
                if (wanted) {
                    return true;
                }
                in.skipChildren();
            }
            return false;
        }
        if (in.currentToken() == JsonToken.START_ARRAY) {
            for (int index = 0; in.nextToken() != JsonToken.END_ARRAY; index++) {
                if (Integer.toString(index).equals(step)) {
                    return true;
                }
                in.skipChildren();
            }
        }
        return false;
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    "something else";
        };
    }
}
