package dev.flowir.ir.check;

import dev.flowir.ir.SurfaceKind;
import java.util.Optional;

/** Rules of {@code if} surfaces. */
final class IfRules extends RoutingRules {

    IfRules() {
        super(SurfaceKind.IF, Codes.CTRL120, Codes.CTRL121, Codes.CTRL122);
    }

    @Override
    void ways(Routing routing) {
        SurfaceConfig config = routing.config();
        Optional<String> then = config.text("then");
        if (then.isEmpty()) {
            missing(routing.scope(), routing.surface(), config, "then");
            return;
        }
        Optional<String> otherwise = config.text("else");
        if (otherwise.isEmpty()) {
            missing(routing.scope(), routing.surface(), config, "else");
            return;
        }
        way(routing, config.pointer("then"), "then", then.get());
        way(routing, config.pointer("else"), "else", otherwise.get());
        listed(routing, "source", routing.source());
    }
}
