package dev.flowir.bindings;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What flows are bound to, as a document that is made and not edited: {@code bindings.lock.json}.
 * Its hash is over all that stands in it, fields that nobody knows included. Secrets stand in it by
 * name only. Immutable.
 */
public final class BindingsLock {

    /** What the file is called, unless told. */
    public static final String FILE = "bindings.lock.json";

    static final String INSTANCES = "instances";
    private static final String FLOWS = "flows";
    private static final String USE = "use";
    static final String HASH = "content_hash";
    private static final String TIME = "generated_at";
    private static final String MAKE_AGAIN = "change the catalog and make the lock again";

    private final Doc document;
    private final Map<String, Map<String, String>> flows = new TreeMap<>(Canonical.ORDER);

    private BindingsLock(Doc document) {
        this.document = document;
    }

    /**
     * Reads a lock and refuses one that is not as it was made.
     *
     * @param name of the file, for messages
     * @param json UTF-8
     * @return the lock
     * @throws BindingsException for what is wrong with it as a whole, the hash first; what is wrong
     *     with an instance is found when a flow uses it
     */
    public static BindingsLock parse(String name, byte[] json) {
        Doc doc = Doc.parse(name, json);
        Optional<String> said = doc.find(HASH).flatMap(Doc::textOf);
        if (said.isEmpty()) {
            throw doc.refused(
                    BindingsFault.NO_HASH, HASH, "the lock has no hash of its content", MAKE_AGAIN);
        }
        String actual = hash(doc.members());
        if (!said.get().equals(actual)) {
            throw doc.refused(
                    BindingsFault.CHANGED,
                    HASH,
                    "the lock was changed after it was made: what stands in it has the hash "
                            + actual,
                    MAKE_AGAIN + "; flow bindings check --catalog says what differs");
        }
        return read(doc);
    }

    private static String hash(Map<String, JsonValue> document) {
        Map<String, JsonValue> rest = new LinkedHashMap<>(document);
        rest.remove(HASH);
        return Canonical.hash(new JsonValue.Obj(rest));
    }

    private static BindingsLock read(Doc doc) {
        BindingsLock lock = new BindingsLock(doc);
        Doc instances = doc.object(INSTANCES);
        for (String name : instances.members().keySet()) {
            Doc instance = instances.object(name);
            instance.text(Instance.KIND);
            instance.texts(Instance.PROVIDES);
            instance.items(Instance.ISOLATION);
        }
        Doc flows = doc.object(FLOWS);
        for (String id : flows.members().keySet()) {
            Doc use = flows.object(id).object(USE);
            Map<String, String> uses = new TreeMap<>(Canonical.ORDER);
            use.members().keySet().forEach(hint -> uses.put(hint, use.text(hint)));
            lock.flows.put(id, Collections.unmodifiableMap(uses));
        }
        doc.version();
        if (doc.text(TIME).isBlank()) {
            throw doc.refused(
                    BindingsFault.NO_TIME,
                    TIME,
                    "the lock does not say when it was made",
                    MAKE_AGAIN);
        }
        return lock;
    }

    /** Makes a lock of what it is to hold. */
    static BindingsLock of(
            Map<String, Instance> instances, Map<String, Map<String, String>> flows, String time) {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        instances.forEach((name, instance) -> all.put(name, instance.json()));
        Map<String, JsonValue> bound = new LinkedHashMap<>();
        flows.forEach((id, uses) -> {
            Map<String, JsonValue> use = new LinkedHashMap<>();
            uses.forEach((hint, name) -> use.put(hint, JsonValue.text(name)));
            bound.put(id, new JsonValue.Obj(Map.of(USE, new JsonValue.Obj(use))));
        });
        Map<String, JsonValue> document = new LinkedHashMap<>();
        document.put("version", JsonValue.number(1));
        document.put(TIME, JsonValue.text(time));
        document.put(INSTANCES, new JsonValue.Obj(all));
        document.put(FLOWS, new JsonValue.Obj(bound));
        document.put(HASH, JsonValue.text(hash(document)));
        return read(new Doc(Source.of(FILE, new JsonValue.Obj(document)), "", document));
    }

    /**
     * The document: the same bytes for the same content.
     *
     * @return UTF-8, a member a line, keys in order
     */
    public byte[] json() {
        return Canonical.pretty(new JsonValue.Obj(document.members()))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** {@return SHA-256 of the content in hex} */
    public String contentHash() {
        return document.text(HASH);
    }

    /** {@return when it says that it was made} */
    public String generatedAt() {
        return document.text(TIME);
    }

    /**
     * All instances.
     *
     * @return instances by name, in the order of their names
     * @throws BindingsException for what is wrong with one
     */
    public Map<String, Instance> instances() {
        Map<String, Instance> all = new TreeMap<>(Canonical.ORDER);
        document.object(INSTANCES)
                .members()
                .keySet()
                .forEach(name -> all.put(name, instance(name)));
        return Collections.unmodifiableMap(all);
    }

    /** {@return ids of the flows that it binds, with hints and instances, in order} */
    public Map<String, Map<String, String>> flows() {
        return Collections.unmodifiableMap(flows);
    }

    private Instance instance(String name) {
        return Instance.read(name, document.object(INSTANCES).object(name));
    }

    /** Instances that a flow uses, by hints, after all its uses have been looked at. */
    Map<String, Instance> uses(String flow) {
        Map<String, String> uses = flows.get(flow);
        if (uses == null) {
            throw document.refused(
                    BindingsFault.NO_FLOW,
                    FLOWS,
                    "the lock binds no flow " + flow,
                    "make it again for this version of the flow");
        }
        Map<String, Instance> used = new TreeMap<>(Canonical.ORDER);
        uses.forEach((hint, name) -> used.put(hint, used(flow, hint, name)));
        return used;
    }

    private Instance used(String flow, String hint, String name) {
        String fault = "";
        if (!hint.startsWith(Instance.RESOURCE)) {
            fault = "this is the hint of no resource";
        } else if (document.object(INSTANCES).find(name).isEmpty()) {
            fault = "there is no such instance";
        } else {
            Instance instance = instance(name);
            if (instance.serves(hint)) {
                return instance;
            }
            fault = "this instance does not provide it";
        }
        throw document.object(FLOWS)
                .object(flow)
                .object(USE)
                .refused(BindingsFault.BAD_USE, hint, fault, MAKE_AGAIN);
    }

    BindingsException refused(BindingsFault fault, String pointer, String what, String suggestion) {
        return document.source().refused(fault, pointer, what, suggestion);
    }

    /** The text that it was read from. */
    Source source() {
        return document.source();
    }

    /** What stands in it. */
    Map<String, JsonValue> content() {
        return document.members();
    }

    /**
     * Looks that a flow has something for each hint of its nodes, under whatever name.
     *
     * @param flow the flow
     * @throws BindingsException {@link BindingsFault#NO_FLOW}, {@link BindingsFault#UNBOUND},
     *     {@link BindingsFault#BAD_USE}
     */
    public void ensureBinds(FlowDefinition flow) {
        Map<String, Instance> uses = uses(flow.id());
        for (NodeDefinition node : flow.nodes()) {
            for (String hint : node.effectHints()) {
                boolean bound =
                        !hint.startsWith(Instance.RESOURCE)
                                || longest(uses, hint).isPresent()
                                || uses.keySet().stream()
                                        .anyMatch(key -> Instance.covers(hint, key));
                if (!bound) {
                    throw unbound(flow.id(), hint);
                }
            }
        }
    }

    /** A flow asks for something that is not bound. */
    BindingsException unbound(String flow, String what) {
        return refused(
                BindingsFault.UNBOUND,
                Source.step("/" + FLOWS, flow),
                "nothing is bound for " + what,
                "add it to a rule of the catalog and make the lock again");
    }

    /** The longest key that is the text, or the start of it that ends at {@code ::}. */
    static <T> Optional<T> longest(Map<String, T> uses, String text) {
        return uses.keySet().stream()
                .filter(key -> Instance.covers(key, text))
                .max(Comparator.comparingInt(String::length))
                .map(uses::get);
    }
}
