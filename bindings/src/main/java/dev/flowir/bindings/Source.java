package dev.flowir.bindings;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.check.Location;
import dev.flowir.ir.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The text that a catalog or a lock was read from: it names lines when something is wrong.
 *
 * @param name of the file
 * @param json its text, which is JSON
 */
record Source(String name, String json) {

    static Source of(String name, byte[] json) {
        return new Source(name, new String(json, StandardCharsets.UTF_8));
    }

    /** The text that a document has when it is written. */
    static Source of(String name, JsonValue document) {
        return new Source(name, Canonical.pretty(document));
    }

    BindingsException refused(BindingsFault fault, String pointer, String what, String suggestion) {
        Location place = Location.of(pointer);
        return new BindingsException(
                fault,
                Optional.ofNullable(
                                JsonText.places(json, name).locate(List.of(pointer)).get(pointer))
                        .map(place::at)
                        .orElse(place),
                what,
                suggestion);
    }

    /** A pointer to a member of what another points to. */
    static String step(String pointer, String member) {
        return pointer + "/" + member.replace("~", "~0").replace("/", "~1");
    }
}
