package dev.flowir.bindings;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.check.Location;
import dev.flowir.ir.check.Names;
import dev.flowir.ir.check.Position;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.ir.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object of a document, at a place that is named when something is wrong there.
 *
 * @param source the whole text
 * @param pointer where it stands
 * @param members what it has
 */
record Doc(Source source, String pointer, Map<String, JsonValue> members) {

    static Doc parse(String name, byte[] json) {
        JsonValue value;
        try {
            value = JsonCodecs.strict().of(Type.of(JsonValue.class)).decode(json);
        } catch (CodecException e) {
            throw new BindingsException(
                    BindingsFault.UNREADABLE,
                    Location.of(e.pointer()).at(new Position(name, e.line(), e.column())),
                    e.code() + ": " + e.getMessage(),
                    e.suggestion().isEmpty() ? "correct the JSON" : e.suggestion());
        }
        Source source = Source.of(name, json);
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(JsonText.compact(value))) {
            throw source.refused(
                    BindingsFault.UNREADABLE,
                    "",
                    "a text has half of a surrogate pair and so no UTF-8 form",
                    "write whole characters");
        }
        if (value instanceof JsonValue.Obj(var members)) {
            return new Doc(source, "", members);
        }
        throw source.refused(
                BindingsFault.UNREADABLE, "", "this is no JSON object", "see docs/bindings.md");
    }

    BindingsException refused(BindingsFault fault, String member, String what, String suggestion) {
        return source.refused(fault, Source.step(pointer, member), what, suggestion);
    }

    private BindingsException wrong(String member, String form) {
        boolean there = members.containsKey(member);
        return refused(
                BindingsFault.UNREADABLE,
                member,
                there ? "this is not " + form : "there is no \"" + member + "\"",
                "write " + form);
    }

    Optional<JsonValue> find(String name) {
        return Optional.ofNullable(members.get(name));
    }

    Doc object(String name) {
        if (members.get(name) instanceof JsonValue.Obj(var inner)) {
            return new Doc(source, Source.step(pointer, name), inner);
        }
        throw wrong(name, "an object");
    }

    /** An empty one where there is no such member. */
    Doc objectOrEmpty(String name) {
        return members.containsKey(name)
                ? object(name)
                : new Doc(source, Source.step(pointer, name), Map.of());
    }

    String text(String name) {
        return find(name).flatMap(Doc::textOf).orElseThrow(() -> wrong(name, "a text"));
    }

    static Optional<String> textOf(JsonValue value) {
        return value instanceof JsonValue.Text(String text) ? Optional.of(text) : Optional.empty();
    }

    /** Items of a list; none where there is no such member. */
    List<JsonValue> items(String name) {
        JsonValue value = find(name).orElse(new JsonValue.Arr(List.of()));
        if (value instanceof JsonValue.Arr(var items)) {
            return items;
        }
        throw wrong(name, "a list");
    }

    /** Objects of a list; none where there is no such member. */
    List<Doc> objects(String name) {
        List<Doc> objects = new ArrayList<>();
        String list = Source.step(pointer, name);
        for (JsonValue item : items(name)) {
            String place = list + "/" + objects.size();
            if (item instanceof JsonValue.Obj(var inner)) {
                objects.add(new Doc(source, place, inner));
            } else {
                throw source.refused(
                        BindingsFault.UNREADABLE, place, "this is not an object", "write one");
            }
        }
        return objects;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonValue item : items(name)) {
            texts.add(textOf(item).orElseThrow(() -> wrong(name, "a list of texts")));
        }
        return texts;
    }

    /** Refuses members that nobody knows. */
    void only(List<String> known) {
        for (String name : members.keySet()) {
            if (!known.contains(name)) {
                throw unknown(BindingsFault.UNREADABLE, name, known);
            }
        }
    }

    BindingsException unknown(BindingsFault fault, String name, List<String> known) {
        return unknown(fault, name, name, known);
    }

    /** Refuses a member that has a name, or is one, that nobody knows. */
    BindingsException unknown(BindingsFault fault, String member, String name, List<String> known) {
        String near =
                Names.nearest(name, known)
                        .map(it -> "did you mean \"" + it + "\"?")
                        .orElse(
                                known.isEmpty()
                                        ? "leave it out"
                                        : "it may have " + String.join(", ", known));
        return refused(fault, member, "nothing is known by this name", near);
    }

    void version() {
        JsonValue version = find("version").orElse(JsonValue.nil());
        if (!(version instanceof JsonValue.Num)) {
            throw wrong("version", "the number 1");
        }
        if (!version.equals(JsonValue.number(1))) {
            throw refused(
                    BindingsFault.VERSION,
                    "version",
                    "only version 1 is known",
                    "use a program that knows this one, or write version 1");
        }
    }
}
