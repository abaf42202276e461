package dev.flowir.ir.check;

import dev.flowir.ir.ControlSurface;
import java.util.Optional;

/** Reports about one reserved surface. */
final class SurfaceCheck {

    private final Scope scope;
    private final String subject;

    SurfaceCheck(Scope scope, ControlSurface surface) {
        this.scope = scope;
        this.subject = surface.kind().wire() + " " + Names.quote(surface.id()) + ": ";
    }

    void malformed(String pointer, String what) {
        scope.report(Codes.CTRL130, pointer, subject + what);
    }

    Optional<String> requiredText(SurfaceConfig config, String key) {
        Optional<String> text = config.text(key);
        if (text.isEmpty()) {
            malformed(config.pointer(key), key + " must be there and be text");
        }
        return text;
    }

    Optional<SurfaceConfig> requiredObject(SurfaceConfig config, String key) {
        Optional<SurfaceConfig> object = config.object(key);
        if (object.isEmpty()) {
            malformed(config.pointer(key), key + " must be there and be an object");
        }
        return object;
    }

    /** Whether {@code alias} is a node; reports when it is not. */
    boolean known(String pointer, String role, String alias) {
        if (scope.isAlias(alias)) {
            return true;
        }
        scope.reportUnknown(
                Codes.CTRL131,
                pointer,
                subject + role + " " + Names.quote(alias) + " is no node",
                alias);
        return false;
    }

    void edge(String pointer, String from, String to) {
        if (!scope.hasEdge(from, to)) {
            String edge = Names.quote(from) + " -> " + Names.quote(to);
            scope.report(
                    Codes.CTRL132,
                    pointer,
                    subject + "there is no edge " + edge,
                    "add an edge " + edge);
        }
    }

    void pointer(SurfaceConfig config, String key, String pointer) {
        if (!Pointers.isLegal(pointer)) {
            malformed(
                    config.pointer(key),
                    key + " " + Names.quote(pointer) + " must be empty or start with '/'");
        }
    }

    void positive(SurfaceConfig config, String key) {
        if (!config.isPositive(key)) {
            malformed(config.pointer(key), key + " must be there and be an integer above zero");
        }
    }

    void unsignedIfPresent(SurfaceConfig config, String key) {
        if (config.has(key) && !config.isUnsigned(key)) {
            malformed(
                    config.pointer(key),
                    key + " must be an unsigned integer; leave it out for none");
        }
    }
}
