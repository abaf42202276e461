package dev.flowir.bindings;

import dev.flowir.ir.BoundNode;
import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.IsolationKind;
import dev.flowir.kernel.cap.Secret;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Capabilities made of a lock: the same flow runs on whatever its deployment binds. What providers
 * stand on is opened once, when a flow first needs it, and closed with this. Thread-safe.
 */
public final class Bindings implements AutoCloseable {

    private final BindingsLock lock;
    private final Kinds kinds;
    private final Function<String, Optional<Secret>> secrets;
    private final Shared shared = new Shared();
    private final Map<Slot, CapabilityProvider> opened = new HashMap<>();

    /** What flows ask for: a capability under a name. */
    private record Slot(String capability, String binding) {

        @Override
        public String toString() {
            return capability + " '" + binding + "'";
        }
    }

    private Bindings(BindingsLock lock, Kinds kinds, Function<String, Optional<Secret>> secrets) {
        this.lock = lock;
        this.kinds = kinds;
        this.secrets = secrets;
    }

    /**
     * Bindings of a lock. Nothing is opened yet.
     *
     * @param lock the lock
     * @param kinds kinds that are present
     * @param secrets gives a secret by the name that stands in the lock; asked when it is needed
     * @return the bindings; the caller's to close, after all runs
     */
    public static Bindings of(
            BindingsLock lock, Kinds kinds, Function<String, Optional<Secret>> secrets) {
        return new Bindings(lock, kinds, secrets);
    }

    /**
     * Lends something that the host has open anyway, such as its store, to instances that name its
     * place. It is not closed here.
     *
     * @param <T> what it is
     * @param type what it is, as kinds ask for it
     * @param place where it is
     * @param open it
     * @return these bindings
     */
    public <T> Bindings lending(Class<T> type, Path place, T open) {
        shared.lend(type.getName() + ":" + place.toAbsolutePath().normalize(), open);
        return this;
    }

    /**
     * What hints demand of nodes on these bindings, for {@code Runtime.Builder.hints} and the
     * checker: what the kinds say that are bound, beside {@link HintTable#FULL}.
     *
     * @return the table
     */
    public HintTable hints() {
        return kinds.hints(HintTable.FULL, lock.instances().values());
    }

    /**
     * The capabilities of flows that share a runtime: a provider for each name that their tokens
     * ask for. A flow whose nodes have no tokens, as one that was read from JSON, gets a provider
     * for each name that the lock has below its hints, and one under the instance's name for a hint
     * that stands alone.
     *
     * @param flows the flows, one at least
     * @return them
     * @throws BindingsException {@link BindingsFault#NO_FLOW}, {@link BindingsFault#UNBOUND},
     *     {@link BindingsFault#BAD_USE} when one name goes to two instances, {@link
     *     BindingsFault#UNKNOWN_KIND}, {@link BindingsFault#BAD_SETTING}, {@link
     *     BindingsFault#NO_SECRET}
     */
    public synchronized Capabilities capabilities(Flow<?, ?>... flows) {
        Map<Slot, Instance> chosen = new LinkedHashMap<>();
        for (Flow<?, ?> flow : flows) {
            choose(flow, chosen);
        }
        Capabilities all = Capabilities.none();
        for (Map.Entry<Slot, Instance> one : chosen.entrySet()) {
            all = all.with(provider(one.getKey(), one.getValue()));
        }
        return all;
    }

    /**
     * What the providers of an instance stand on, for what a host does beside its flows: the {@code
     * Broker} whose messages it takes, the {@code Store} that it opens runs on. It is open while
     * these bindings are, and theirs to close.
     *
     * @param <T> what it is
     * @param instance its name in the lock, of an instance that {@link #capabilities} has opened
     * @param type what it is, as the kind asks for it
     * @return it
     * @throws BindingsException {@link BindingsFault#UNBOUND} when no flow's capabilities have
     *     opened the instance, or it stands on no such thing
     */
    public synchronized <T> T behind(String instance, Class<T> type) {
        return shared.behind(instance, type)
                .orElseThrow(() ->
                        lock.refused(
                                BindingsFault.UNBOUND,
                                Source.step("/instances", instance),
                                "no " + type.getSimpleName() + " is open for it",
                                "ask for the capabilities of a flow that uses it first, and for"
                                        + " what its kind stands on"));
    }

    private void choose(Flow<?, ?> flow, Map<Slot, Instance> chosen) {
        String id = flow.definition().id();
        Map<String, Instance> uses = lock.uses(id);
        for (NodeDefinition node : flow.definition().nodes()) {
            List<Token<?>> tokens =
                    flow.node(node.alias()).map(BoundNode::tokens).orElse(List.of());
            for (Token<?> token : tokens) {
                Slot slot = new Slot(token.capability(), token.binding());
                for (String hint : token.effectHints()) {
                    Instance instance =
                            BindingsLock.longest(uses, hint + "::" + token.binding())
                                    .orElseThrow(() -> lock.unbound(id, hint + " of " + slot));
                    put(id, slot, instance, chosen);
                }
            }
            if (tokens.isEmpty()) {
                node.effectHints().stream()
                        .filter(hint -> hint.startsWith(Instance.RESOURCE))
                        .forEach(hint -> choose(id, hint, uses, chosen));
            }
        }
    }

    private void choose(
            String flow, String hint, Map<String, Instance> uses, Map<Slot, Instance> chosen) {
        Map<String, Instance> named = new LinkedHashMap<>();
        uses.forEach((key, instance) -> {
            if (key.startsWith(hint + "::")) {
                named.put(key.substring(hint.length() + 2), instance);
            }
        });
        BindingsLock.longest(uses, hint)
                .ifPresent(instance -> named.putIfAbsent(instance.name(), instance));
        if (named.isEmpty()) {
            throw lock.unbound(flow, hint);
        }
        named.forEach((name, instance) -> {
            String capability = kinds.provider(lock.source(), instance).capability();
            put(flow, new Slot(capability, name), instance, chosen);
        });
    }

    private void put(String flow, Slot slot, Instance instance, Map<Slot, Instance> chosen) {
        Instance before = chosen.putIfAbsent(slot, instance);
        if (before != null && !before.equals(instance)) {
            throw lock.refused(
                    BindingsFault.BAD_USE,
                    Source.step("/flows", flow),
                    slot + " would be " + before.name() + " and " + instance.name() + " at once",
                    "bind its hints to one, and flows with different ones by a runtime each");
        }
    }

    private CapabilityProvider provider(Slot slot, Instance instance) {
        Slot key = new Slot(instance.name(), slot.binding());
        CapabilityProvider known = opened.get(key);
        if (known == null) {
            kinds.check(lock.source(), instance);
            known = open(instance, slot.binding());
            opened.put(key, known);
        }
        return known;
    }

    private CapabilityProvider open(Instance instance, String binding) {
        Map<String, JsonValue> settings = new LinkedHashMap<>(instance.connect());
        settings.putAll(instance.config());
        List<IsolationKind> wrappers = kinds.wrappers(lock.source(), instance);
        kinds.secrets(lock.source(), instance).forEach(name -> secret(instance, name));
        try {
            CapabilityProvider provider =
                    kinds.provider(lock.source(), instance)
                            .opener()
                            .apply(given(instance, binding, settings));
            for (int i = wrappers.size() - 1; i >= 0; i--) { // the first is met first
                Map<String, JsonValue> own = instance.isolation().get(i).config();
                provider = wrappers.get(i).wrapper().apply(provider, given(instance, binding, own));
            }
            return provider;
        } catch (IllegalArgumentException e) {
            BindingsException refused =
                    lock.refused(
                            BindingsFault.BAD_SETTING,
                            Kinds.place(instance),
                            String.valueOf(e.getMessage()),
                            "correct the catalog and make the lock again");
            refused.initCause(e);
            throw refused;
        }
    }

    private Given given(Instance instance, String binding, Map<String, JsonValue> settings) {
        return new Given(
                instance.name(),
                binding,
                settings,
                name -> secret(instance, name),
                kinds.loader(),
                shared);
    }

    /** Looked for before anything is opened, and again whenever it is needed. */
    private Secret secret(Instance instance, String name) {
        return secrets.apply(name)
                .orElseThrow(() ->
                        lock.refused(
                                BindingsFault.NO_SECRET,
                                Kinds.place(instance),
                                "there is no secret " + name,
                                "give it to the process, or correct its name in the catalog"));
    }

    /** Closes what was opened, the last first. What was lent stays open. Closing twice is fine. */
    @Override
    public synchronized void close() {
        opened.clear();
        shared.close();
    }
}
