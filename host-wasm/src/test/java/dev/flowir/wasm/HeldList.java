package dev.flowir.wasm;

import dev.flowir.ir.Token;
import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.host.PathTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The list of runs behind a gate: while it is shut, runs that tell it something get no answer. */
final class HeldList implements CapabilityProvider, EdgeDoor {

    private static final String SHUT = "shut";
    private static final String OPEN = "open";

    static EdgeRoutes routes(EdgeRoutes routes) {
        EdgeRoutes gated = routes.bind(new EdgeProvider(List.of(), new HeldList()));
        return calls(OPEN, calls(SHUT, gated));
    }

    /** POST {@code /list-gate/shut} and {@code /list-gate/open}. */
    private static EdgeRoutes calls(String call, EdgeRoutes routes) {
        PathTemplate template = PathTemplate.parse("/list-gate/" + call);
        EdgeDesk desk = asked -> EdgeRunDesk.answered(EdgeRunList.NAME, call, "", 200, asked);
        return routes.routed("POST", template, new EdgeRoute("POST", template, desk));
    }

    @Override
    public boolean wake(EdgeHost host, JsObject object) {
        if (!object.type().equals(EdgeRuns.CLASS) || !EdgeRunList.is(object)) {
            return false;
        }
        EdgeRunList list = new EdgeRunList(host.platform(), object);
        List<JsObject.Event> held = new ArrayList<>();
        boolean[] shut = new boolean[1];
        object.serves(event -> {
            switch (event.call()) {
                case SHUT -> {
                    shut[0] = true;
                    event.done("{}");
                }
                case OPEN -> {
                    shut[0] = false;
                    for (JsObject.Event each : held) {
                        list.take(each);
                    }
                    held.clear();
                    event.done("{}");
                }
                case EdgeRunList.TELL -> {
                    if (shut[0]) {
                        held.add(event);
                    } else {
                        list.take(event);
                    }
                }
                default -> list.take(event);
            }
        });
        return true;
    }

    @Override
    public List<Type<?>> types() {
        return List.of();
    }

    @Override
    public String kind() {
        return "held_list.test";
    }

    @Override
    public String binding() {
        return "held";
    }

    @Override
    public Set<String> hints() {
        return Set.of();
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.STRONG,
                Descriptor.Durability.REPLICATED,
                Descriptor.Ttl.NONE,
                Descriptor.Order.PER_KEY,
                Set.of());
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        throw new IllegalArgumentException("a gate is no capability of nodes: " + token);
    }
}
