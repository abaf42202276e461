package dev.flowir.testing;

import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.ObjectLimits;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.agent.Agent;
import dev.flowir.object.agent.AgentBody;
import dev.flowir.object.agent.AgentClass;
import dev.flowir.object.agent.AgentClient;
import dev.flowir.object.agent.AgentEvent;
import dev.flowir.object.agent.AgentLimits;
import dev.flowir.object.agent.RefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What rules of agents play with: a counter that is never negative, and its clients. */
final class AgentScene {

    /** The state. */
    record Count(int value) {}

    /** An argument. */
    record Add(int by) {}

    static final AgentEvent<String> SAID = AgentEvent.of("said", String.class);

    /** The agent. */
    record Counter(Agent<Count> agent) implements AgentBody<Count> {

        Count add(Add add, AgentClient client) {
            agent.setState(new Count(agent.state().value() + add.by()));
            if (add.by() == 13) {
                throw new RefusedException("UNLUCKY", "not 13");
            }
            if (add.by() == 0) {
                throw new IllegalArgumentException("a secret");
            }
            return agent.state();
        }

        void countdown(Add from, AgentClient client, dev.flowir.ir.Emitter<Integer> items)
                throws InterruptedException {
            for (int n = from.by(); n > 0; n--) {
                items.emit(n);
            }
        }

        boolean set(int value) {
            agent.setState(new Count(value));
            return true;
        }

        boolean say(String text) {
            agent.publish(SAID, text);
            return true;
        }
    }

    static final AgentClass<Counter, Count> COUNTERS =
            AgentClass.of("counter", Count.class, new Count(0), Counter::new)
                    .method("add", Add.class, Count.class, Counter::add)
                    .openMethod(
                            "look",
                            String.class,
                            Count.class,
                            (it, any, client) -> it.agent().state())
                    .stream(
                            "countdown",
                            AgentClient.Access.READ,
                            Add.class,
                            Integer.class,
                            Counter::countdown)
                    .check((before, next) ->
                            next.value() < 0
                                    ? Optional.of("a count is never negative")
                                    : Optional.empty())
                    .access(request ->
                            request.query("look").isPresent()
                                    ? AgentClient.Access.READ
                                    : AgentClient.Access.WRITE);

    private final AgentClass<Counter, Count> type;
    private final ObjectSpace space;

    private AgentScene(ObjectBench bench, AgentClass<Counter, Count> type) {
        this.type = type;
        this.space =
                bench.open(ObjectLimits.of(LimitProfile.CLOUDFLARE_PROD), List.of(type.objects()));
    }

    static AgentScene on(ObjectBench bench) {
        return new AgentScene(bench, COUNTERS);
    }

    static AgentScene keeping(ObjectBench bench, int events) {
        return new AgentScene(
                bench, COUNTERS.limits(AgentLimits.defaults().withBounds(events, 1, 1)));
    }

    ObjectRef<Counter> counter() {
        return space.of(type.objects()).named("c");
    }

    ObjectSpace space() {
        return space;
    }

    TestWire connect() {
        return connect(Map.of());
    }

    TestWire connect(Map<String, String> query) {
        return connect(TestWire.request(WireRequest.Kind.SOCKET, "c", query));
    }

    TestWire connect(WireRequest request) {
        TestWire wire =
                TestWire.connect(
                        space.wires(type.objects(), asked -> asked.parameter("name")), request);
        settle();
        return wire;
    }

    /** What a client gets for what it says. */
    List<String> says(TestWire wire, String text) {
        int before = wire.got().size();
        wire.says(text);
        settle();
        return wire.got().subList(before, wire.got().size());
    }

    void settle() {
        SocketScene.settle(space);
    }

    static String snapshot(int version, int value) {
        return "{\"type\":\"snapshot\",\"version\":"
                + version
                + ",\"access\":\"write\",\"gap\":false,\"state\":{\"value\":"
                + value
                + "}}";
    }

    static String state(int version, int value) {
        return "{\"type\":\"state\",\"version\":"
                + version
                + ",\"state\":{\"value\":"
                + value
                + "}}";
    }

    static String said(int version, String text) {
        return "{\"type\":\"event\",\"version\":"
                + version
                + ",\"name\":\"said\",\"data\":\""
                + text
                + "\"}";
    }

    static String error(String id, String code, String message) {
        return "{\"type\":\"error\",\"id\":\""
                + id
                + "\",\"code\":\""
                + code
                + "\",\"message\":\""
                + message
                + "\"}";
    }
}
