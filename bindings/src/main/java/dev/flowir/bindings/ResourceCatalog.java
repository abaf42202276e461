package dev.flowir.bindings;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a deployment operates and which flows use it: {@code resources.catalog.json}, written by
 * people. A lock is made of it.
 */
public final class ResourceCatalog {

    private static final List<String> MEMBERS =
            List.of("version", "instances", "bindings", "$schema", "extensions");
    private static final List<String> OF_INSTANCES =
            List.of(
                    Instance.KIND,
                    "mode",
                    Instance.PROVIDES,
                    Instance.CONNECT,
                    Instance.CONFIG,
                    "semantics",
                    Instance.ISOLATION,
                    "extensions");
    private static final List<String> MODES = List.of("external", "managed");
    private static final List<String> SELECTORS = List.of("flow", "flow_id", "profile", "tags_any");

    /** A rule of the catalog: for flows that it selects, instances by hint. */
    private record Rule(Doc selector, Doc use) {

        static Rule read(Doc doc) {
            doc.only(List.of("selector", "use"));
            Doc selector = doc.objectOrEmpty("selector");
            selector.only(SELECTORS);
            SELECTORS.stream()
                    .filter(name -> selector.find(name).isPresent())
                    .filter(name -> !name.equals("tags_any"))
                    .forEach(selector::text);
            selector.texts("tags_any");
            Doc use = doc.object("use");
            use.members().keySet().forEach(use::text);
            return new Rule(selector, use);
        }

        boolean selects(FlowDefinition flow) {
            boolean tagged =
                    selector.find("tags_any").isEmpty()
                            || selector.texts("tags_any").stream().anyMatch(flow.tags()::contains);
            return tagged
                    && is("flow", flow.name())
                    && is("flow_id", flow.id())
                    && is("profile", flow.profile().wire());
        }

        private boolean is(String name, String value) {
            return selector.find(name).isEmpty() || selector.text(name).equals(value);
        }
    }

    private final Doc document;
    private final Map<String, Instance> instances = new TreeMap<>(Canonical.ORDER);
    private final List<Rule> rules = new ArrayList<>();

    private ResourceCatalog(Doc document) {
        this.document = document;
    }

    /**
     * Reads a catalog.
     *
     * @param name of the file, for messages
     * @param json UTF-8
     * @return the catalog
     * @throws BindingsException for what is wrong with it
     */
    public static ResourceCatalog parse(String name, byte[] json) {
        return of(Doc.parse(name, json));
    }

    /**
     * A catalog of kinds that need no settings, one instance of each: what a test or a first try
     * needs.
     *
     * @param kinds kinds that are present
     * @param named names of kinds by the hints that they are for, or the starts of hints
     * @return the catalog
     * @throws BindingsException {@link BindingsFault#UNKNOWN_KIND}
     */
    public static ResourceCatalog ofKinds(Kinds kinds, Map<String, String> named) {
        Map<String, JsonValue> instances = new LinkedHashMap<>();
        Map<String, JsonValue> use = new LinkedHashMap<>();
        Source plain = new Source("", "{}");
        named.forEach((hint, kind) -> {
            String name = kind.replace('.', '_');
            Instance instance = new Instance(name, kind, List.of(), Map.of(), Map.of(), List.of());
            String provides = kinds.provider(plain, instance).provides();
            instances.put(
                    name,
                    new Instance(name, kind, List.of(provides), Map.of(), Map.of(), List.of())
                            .json());
            use.put(hint, JsonValue.text(name));
        });
        Map<String, JsonValue> document = new LinkedHashMap<>();
        document.put("version", JsonValue.number(1));
        document.put("instances", new JsonValue.Obj(instances));
        document.put(
                "bindings",
                new JsonValue.Arr(
                        List.of(new JsonValue.Obj(Map.of("use", new JsonValue.Obj(use))))));
        return of(new Doc(Source.of("", new JsonValue.Obj(document)), "", document));
    }

    private static ResourceCatalog of(Doc doc) {
        doc.version();
        doc.only(MEMBERS);
        ResourceCatalog catalog = new ResourceCatalog(doc);
        Doc instances = doc.object("instances");
        for (String name : instances.members().keySet()) {
            catalog.instances.put(name, instance(name, instances));
        }
        doc.objects("bindings").forEach(rule -> catalog.rules.add(Rule.read(rule)));
        return catalog;
    }

    private static Instance instance(String name, Doc instances) {
        if (!name.matches("[A-Za-z0-9_.-]{1,100}")) {
            throw instances.refused(
                    BindingsFault.UNREADABLE,
                    name,
                    "this is no name of an instance",
                    "write 1 to 100 letters, digits, '_', '.' and '-'");
        }
        Doc one = instances.object(name);
        one.only(OF_INSTANCES);
        if (one.find("mode").isPresent() && !MODES.contains(one.text("mode"))) {
            throw one.refused(
                    BindingsFault.UNREADABLE,
                    "mode",
                    "this is no mode",
                    "write one of " + String.join(", ", MODES));
        }
        Map<String, JsonValue> whole = new LinkedHashMap<>(one.members());
        whole.putIfAbsent(Instance.CONNECT, new JsonValue.Obj(Map.of()));
        whole.putIfAbsent(Instance.CONFIG, new JsonValue.Obj(Map.of()));
        return Instance.read(name, new Doc(one.source(), one.pointer(), whole));
    }

    /** {@return instances by name, in order} */
    public Map<String, Instance> instances() {
        return Collections.unmodifiableMap(instances);
    }

    /**
     * Makes the lock for some flows: for each hint of a node, and each name that the catalog gives
     * below it, the instance of the last rule that selects the flow and has the longest start of
     * it. An instance in whose settings {@code {flow}} or {@code {flow_id}} stands becomes one for
     * each flow. The same catalog, flows and time give the same bytes.
     *
     * @param flows the flows
     * @param kinds kinds of providers that are present; settings are checked against them
     * @param generatedAt the time that stands in the lock
     * @return the lock, with the instances that are used
     * @throws BindingsException {@link BindingsFault#UNBOUND} for a hint that no rule has, and what
     *     else is wrong
     */
    public BindingsLock lock(Collection<FlowDefinition> flows, Kinds kinds, Instant generatedAt) {
        return lock(flows, kinds, generatedAt.toString());
    }

    private BindingsLock lock(Collection<FlowDefinition> flows, Kinds kinds, String generatedAt) {
        instances.values().stream()
                .filter(instance -> !Derived.isPattern(instance))
                .forEach(instance -> kinds.check(document.source(), instance));
        Map<String, Instance> used = new TreeMap<>(Canonical.ORDER);
        Map<String, Map<String, String>> bound = new TreeMap<>(Canonical.ORDER);
        for (FlowDefinition flow : flows) {
            Map<String, String> uses = new TreeMap<>(Canonical.ORDER);
            uses(flow)
                    .forEach((hint, instance) -> {
                        Instance own = Derived.of(instance, flow);
                        kinds.check(document.source(), own.named(instance.name()));
                        used.put(own.name(), own);
                        uses.put(hint, own.name());
                    });
            bound.put(flow.id(), uses);
        }
        return BindingsLock.of(used, bound, generatedAt);
    }

    /**
     * Refuses a lock that this catalog does not make, whatever its hash is.
     *
     * @param name of the lock's file, for messages
     * @param json the lock in UTF-8
     * @param flows all flows that it binds
     * @param kinds kinds of providers that are present
     * @throws BindingsException {@link BindingsFault#CHANGED} at the first place that differs, in
     *     the order of names; what is found there is not in the message
     */
    public void ensureMakes(
            String name, byte[] json, Collection<FlowDefinition> flows, Kinds kinds) {
        Doc found = Doc.parse(name, json);
        BindingsLock made = lock(flows, kinds, found.text("generated_at"));
        Optional<String> place = Difference.first(made.content(), found.members());
        if (place.isPresent()) {
            throw found.source()
                    .refused(
                            BindingsFault.CHANGED,
                            place.get(),
                            "the catalog and the flows make something else here",
                            "change the catalog, not the lock, and make the lock again");
        }
    }

    private Map<String, Instance> uses(FlowDefinition flow) {
        Map<String, Instance> offered = offered(flow);
        Map<String, Instance> uses = new TreeMap<>(Canonical.ORDER);
        for (NodeDefinition node : flow.nodes()) {
            for (String hint : node.effectHints()) {
                if (!hint.startsWith(Instance.RESOURCE)) {
                    continue;
                }
                Optional<Instance> found = BindingsLock.longest(offered, hint);
                found.ifPresent(instance -> uses.put(hint, instance));
                if (!below(offered, hint, uses) && found.isEmpty()) {
                    throw document.refused(
                            BindingsFault.UNBOUND,
                            "bindings",
                            "the flow " + flow.name() + " needs " + hint,
                            "give it, or a start of it, an instance in a rule that selects the flow");
                }
            }
        }
        return uses;
    }

    private Map<String, Instance> offered(FlowDefinition flow) {
        Map<String, Instance> offered = new TreeMap<>(Canonical.ORDER);
        for (Rule rule : rules) {
            if (rule.selects(flow)) {
                rule.use().members().keySet().forEach(hint -> offered.put(hint, used(rule, hint)));
            }
        }
        return offered;
    }

    private Instance used(Rule rule, String hint) {
        String name = rule.use().text(hint);
        Instance instance = instances.get(name);
        if (instance == null) {
            throw rule.use()
                    .unknown(BindingsFault.BAD_USE, hint, name, List.copyOf(instances.keySet()));
        }
        if (!hint.startsWith(Instance.RESOURCE) || !instance.serves(hint)) {
            throw rule.use()
                    .refused(
                            BindingsFault.BAD_USE,
                            hint,
                            "the instance " + name + " does not provide this",
                            "it provides " + String.join(", ", instance.provides()));
        }
        return instance;
    }

    /** Takes over what stands below a hint: instances for single names. */
    private static boolean below(
            Map<String, Instance> offered, String hint, Map<String, Instance> uses) {
        Map<String, Instance> named = new TreeMap<>(Canonical.ORDER);
        offered.forEach((key, instance) -> {
            if (key.startsWith(hint + "::")) {
                named.put(key, instance);
            }
        });
        uses.putAll(named);
        return !named.isEmpty();
    }
}
