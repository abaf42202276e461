package dev.flowir.ir.check;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SurfaceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where items go that a node could not work on: an addition of ours to two surfaces. */
final class DeadLetterWarnings {

    private static final String KEY = "dead_letter";

    private DeadLetterWarnings() {}

    static void check(Scope scope) {
        List<ControlSurface> surfaces = scope.flow().controlSurfaces();
        for (int i = 0; i < surfaces.size(); i++) {
            SurfaceKind kind = surfaces.get(i).kind();
            Optional<SurfaceConfig> config = SurfaceConfig.of(surfaces.get(i), i);
            if (config.isEmpty()) {
                continue;
            }
            if (kind == SurfaceKind.ERROR_HANDLER && config.get().has(KEY)) {
                check(scope, config.get(), "strategy", "fail", scoped(config.get()));
            } else if (kind == SurfaceKind.TIMEOUT && isLettered(config.get())) {
                List<String> target = config.get().text("target").map(List::of).orElse(List.of());
                check(scope, config.get(), "policy", "cancel", target);
            }
        }
    }

    private static boolean isLettered(SurfaceConfig config) {
        return config.has(KEY) || config.text("policy").equals(Optional.of(KEY));
    }

    private static List<String> scoped(SurfaceConfig config) {
        List<String> aliases = new ArrayList<>();
        Optional<JsonValue.Arr> nodes = config.object("scope").flatMap(it -> it.array("nodes"));
        if (nodes.isPresent()) {
            for (JsonValue node : nodes.get().items()) {
                if (node instanceof JsonValue.Text alias) {
                    aliases.add(alias.value());
                }
            }
        }
        return aliases;
    }

    private static void check(
            Scope scope, SurfaceConfig config, String choice, String ends, List<String> sources) {
        Optional<String> to = config.text(KEY);
        if (to.isEmpty() || !scope.isAlias(to.get())) {
            scope.report(Codes.CTRL143, config.pointer(KEY), "dead_letter must name a node");
            return;
        }
        if (config.text(choice).filter(it -> !it.equals(ends)).isEmpty()) {
            scope.report(
                    Codes.CTRL143,
                    config.pointer(choice),
                    "nothing goes to " + Names.quote(to.get()) + " unless " + choice + " says so");
        }
        for (String source : sources) {
            if (scope.isAlias(source) && !scope.hasEdge(source, to.get())) {
                String edge = Names.quote(source) + " -> " + Names.quote(to.get());
                scope.report(
                        Codes.CTRL143,
                        config.pointer(KEY),
                        "there is no edge " + edge,
                        "add an edge " + edge);
            }
        }
    }
}
