package dev.flowir.kernel.exec;

import dev.flowir.ir.BoundNode;
import dev.flowir.ir.Flow;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.Site;
import dev.flowir.ir.SlowConsumer;
import dev.flowir.ir.Token;
import dev.flowir.ir.Type;
import dev.flowir.ir.Wait;
import dev.flowir.ir.plan.Plan;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.host.Lag;
import dev.flowir.kernel.host.NodePermits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A flow that may run: its plan, and per node its body, its tokens' providers and its site. */
public final class Prepared {

    private static final long AWAKE = -1;

    private final Flow<?, ?> flow;
    private final Plan plan;
    private final NodeBody[] bodies;

    /** Shared by all runs that this is prepared for; null when no node has a rate. */
    private final @Nullable SharedBuckets buckets;

    /** Shared likewise; null when no node says how many of its bodies may run at a time. */
    private final @Nullable NodePermits permits;

    private final ThreadFactory[] threads;
    private final long[] sleeps;
    private final Optional<SlowConsumer> slowConsumer;
    private final List<Optional<Site>> sites;
    private final List<Map<Token<?>, CapabilityProvider>> providers;

    private final @Nullable Function<Token<?>, Optional<CapabilityProvider>>[] declared;

    /** One or none; null until somebody asked. */
    private volatile @Nullable List<WindowHalves> halves;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    Prepared(Flow<?, ?> flow, Plan plan, Capabilities capabilities) {
        this.flow = flow;
        this.plan = plan;
        this.buckets = plan.paced() ? new SharedBuckets(plan) : null;
        this.permits = NodePermits.of(plan);
        this.bodies = new NodeBody[plan.nodeCount()];
        this.threads = new ThreadFactory[bodies.length];
        this.sleeps = new long[bodies.length];
        this.declared = new Function[bodies.length];
        this.slowConsumer = Lag.of(plan.definition(), plan.node(plan.capture()).alias());
        this.sites = new ArrayList<>();
        this.providers = new ArrayList<>();
        for (int n = 0; n < bodies.length; n++) {
            BoundNode bound = flow.node(plan.node(n).alias()).orElseThrow();
            bodies[n] = bound.body();
            sleeps[n] =
                    bodies[n] instanceof Wait wait
                            ? wait.sleep().map(Nanos::of).orElse(AWAKE)
                            : AWAKE;
            String name = flow.name() + "/" + plan.node(n).alias();
            threads[n] = Thread.ofVirtual().name(name).factory();
            sites.add(bound.site());
            Map<Token<?>, CapabilityProvider> byToken = new HashMap<>();
            for (Token<?> token : bound.tokens()) {
                capabilities.find(token).ifPresent(found -> byToken.put(token, found));
            }
            providers.add(byToken);
        }
    }

    /** Its halves, when it has windows and only computes; found out once. */
    Optional<WindowHalves> halves(Environment environment) {
        List<WindowHalves> known = halves;
        if (known == null) { // racy on purpose: each one ever made does the same
            known = WindowHalves.of(this, environment).stream().toList();
            halves = known;
        }
        return known.stream().findFirst();
    }

    /** The flow. */
    public Flow<?, ?> flow() {
        return flow;
    }

    /** Its plan. */
    public Plan plan() {
        return plan;
    }

    /** When attempts at nodes with a rate may begin; null when there are none. */
    @Nullable SharedBuckets buckets() {
        return buckets;
    }

    /** How many bodies of nodes run at a time; null when no node says. */
    @Nullable NodePermits permits() {
        return permits;
    }

    /** What runs for a node. */
    public NodeBody body(int node) {
        return bodies[node];
    }

    /** True when {@code node} passes its item on and does nothing: nobody can tell that it ran. */
    boolean passes(int node) {
        return bodies[node] == NodeBody.Passing.ON && plan.next(node) < 0;
    }

    /** Threads that run the body of {@code node}; they have its name, for people. */
    ThreadFactory thread(int node) {
        return threads[node];
    }

    /** How long {@code node} sleeps, which then is all that it does; negative for other nodes. */
    long sleepNanos(int node) {
        return sleeps[node];
    }

    /** Wait before an attempt at {@code node} is repeated. */
    long backoffNanos(int node) {
        return plan.node(node).onError().backoffMillis() * 1_000_000;
    }

    Optional<Site> site(int node) {
        return sites.get(node);
    }

    /** What becomes of slow consumers of the flow's stream; empty when its producer waits. */
    Optional<SlowConsumer> slowConsumer() {
        return slowConsumer;
    }

    /** Name of a node. */
    public String alias(int node) {
        return plan.node(node).alias();
    }

    /**
     * What serves {@code token} for {@code node}: a token that the node declared in Java, or one
     * whose hints its definition declares. Null for any other.
     */
    public @Nullable CapabilityProvider provider(
            int node, Token<?> token, Capabilities capabilities) {
        CapabilityProvider declared = providers.get(node).get(token);
        if (declared != null) {
            return declared;
        }
        List<String> hints = plan.definition().nodes().get(node).effectHints();
        boolean allowed = !token.effectHints().isEmpty() && hints.containsAll(token.effectHints());
        return allowed ? capabilities.find(token).orElse(null) : null;
    }

    /** What serves a token for {@code node}, as attempts ask for it. */
    Function<Token<?>, Optional<CapabilityProvider>> declared(int node, Environment environment) {
        Function<Token<?>, Optional<CapabilityProvider>> known = declared[node];
        if (known == null) { // racy on purpose: each one ever made answers the same
            known = token -> Optional.ofNullable(provider(node, token, environment.capabilities()));
            declared[node] = known;
        }
        return known;
    }

    /** True when some body may ask for a handle. */
    boolean usesCapabilities() {
        for (int n = 0; n < bodies.length; n++) {
            if (!providers.get(n).isEmpty()
                    || !plan.definition().nodes().get(n).effectHints().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** What crosses an edge. */
    Type<?> typeOf(int edge) {
        return flow.outputOf(alias(plan.edge(edge).from()));
    }
}
