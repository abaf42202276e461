package dev.flowir.testing;

import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.ir.Token;
import dev.flowir.ir.WriteToken;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The world outside of a store: remembers who called, fails and does other things when told to. */
final class Outside implements CapabilityProvider {

    static final WriteToken<Outside> TOKEN =
            WriteToken.of(
                    "outside", "world", Outside.class, "resource::http::write", "resource::http");

    private final List<String> calls = new ArrayList<>();
    private final List<String> undone = new ArrayList<>();
    private final Map<String, Set<String>> keys = new HashMap<>();
    private final Map<String, Integer> failing = new HashMap<>();
    private final Map<String, RuntimeException> throwing = new HashMap<>();
    private final Map<String, Runnable> once = new HashMap<>();
    private final Map<String, Runnable> always = new HashMap<>();

    /** A node that calls and gives what it takes. */
    static Node<Integer, Integer> step(String name) {
        return Node.effect(
                name,
                Integer.class,
                Integer.class,
                TOKEN,
                (outside, n, context) -> outside.call(context, n));
    }

    synchronized int call(NodeContext context, int n) {
        String call = context.node() + "#" + context.attempt();
        calls.add(call);
        keys.computeIfAbsent(context.node(), key -> new TreeSet<>()).add(context.idempotencyKey());
        Runnable first = once.remove(call);
        if (first != null) {
            first.run();
        }
        always.getOrDefault(context.node(), () -> {}).run();
        RuntimeException thrown = throwing.get(context.node());
        if (thrown != null) {
            throw thrown;
        }
        if (failing.merge(context.node(), -1, Integer::sum) >= 0) {
            throw new IllegalStateException("not now");
        }
        return n;
    }

    synchronized void undo(NodeContext context, String what) {
        call(context, 0);
        undone.add(context.node() + " " + what);
    }

    /** What was undone. */
    synchronized List<String> undone() {
        return List.copyOf(undone);
    }

    /** Nodes that called, with their attempts. */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized Set<String> keys(String node) {
        return Set.copyOf(keys.getOrDefault(node, Set.of()));
    }

    void failing(String node, int times) {
        failing.put(node, times);
    }

    void throwing(String node, RuntimeException thrown) {
        throwing.put(node, thrown);
    }

    void onCall(String call, Runnable action) {
        once.put(call, action);
    }

    void onEveryCall(String node, Runnable action) {
        always.put(node, action);
    }

    @Override
    public String kind() {
        return "outside";
    }

    @Override
    public String binding() {
        return "world";
    }

    @Override
    public Set<String> hints() {
        return Set.of("resource::http::write", "resource::http::read");
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.STRONG,
                Descriptor.Durability.REPLICATED,
                Descriptor.Ttl.NONE,
                Descriptor.Order.NONE,
                Set.of());
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(this);
    }
}
