package dev.flowir.ir.check;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SurfaceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules of {@code switch} surfaces. */
final class SwitchRules extends RoutingRules {

    private record Way(String pointer, String role, String target) {}

    SwitchRules() {
        super(SurfaceKind.SWITCH, Codes.CTRL110, Codes.CTRL111, Codes.CTRL112);
    }

    @Override
    void ways(Routing routing) {
        SurfaceConfig config = routing.config();
        Optional<SurfaceConfig> cases = config.object("cases");
        if (cases.isEmpty()) {
            malformed(
                    routing,
                    config.pointer("cases"),
                    "config.cases must be there and be an object");
            return;
        }
        Map<String, JsonValue> sorted = cases.get().sorted();
        if (sorted.isEmpty()) {
            malformed(routing, config.pointer("cases"), "config.cases has no case");
        }
        List<Way> ways = new ArrayList<>();
        for (Map.Entry<String, JsonValue> entry : sorted.entrySet()) {
            String role = "case " + Names.quote(entry.getKey());
            String pointer = cases.get().pointer(entry.getKey());
            if (entry.getValue() instanceof JsonValue.Text target) {
                ways.add(new Way(pointer, "target of " + role, target.value()));
            } else {
                malformed(routing, pointer, role + " must be the alias of a node");
            }
        }
        Optional<String> fallback = config.text("default");
        if (fallback.isPresent()) {
            ways.add(new Way(config.pointer("default"), "default", fallback.get()));
        } else if (config.has("default")) {
            malformed(
                    routing,
                    config.pointer("default"),
                    "config.default must be the alias of a node; leave it out for none");
        }
        for (Way way : ways) {
            way(routing, way.pointer(), way.role(), way.target());
        }
        listed(routing, "source", routing.source());
    }
}
