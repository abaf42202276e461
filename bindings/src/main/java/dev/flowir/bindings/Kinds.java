package dev.flowir.bindings;

import dev.flowir.ir.Hint;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.check.Location;
import dev.flowir.ir.check.Names;
import dev.flowir.kernel.cap.CapabilityModule;
import dev.flowir.kernel.cap.IsolationKind;
import dev.flowir.kernel.cap.ProviderKind;
import dev.flowir.kernel.cap.ProviderKinds;
import dev.flowir.kernel.cap.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Kinds of providers and wrappers that are present: the registry of bindings. Immutable. */
public final class Kinds {

    private final ClassLoader loader;
    private final Map<String, ProviderKind> providers = new TreeMap<>();
    private final Map<String, IsolationKind> wrappers = new TreeMap<>();

    private Kinds(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * The kinds that modules bring as services.
     *
     * @param loader where they are looked for
     * @return the kinds
     * @throws BindingsException {@link BindingsFault#TWO_KINDS}
     */
    public static Kinds found(ClassLoader loader) {
        Kinds kinds = new Kinds(loader);
        for (ProviderKinds module : ServiceLoader.load(ProviderKinds.class, loader)) {
            module.providers().forEach(kind -> kinds.put(kinds.providers, kind.kind(), kind));
            module.wrappers().forEach(kind -> kinds.put(kinds.wrappers, key(kind), kind));
        }
        return kinds;
    }

    private static String key(IsolationKind kind) {
        return kind.capability() + "/" + kind.kind();
    }

    private <K> void put(Map<String, K> kinds, String name, K kind) {
        if (kinds.putIfAbsent(name, kind) != null) {
            throw new BindingsException(
                    BindingsFault.TWO_KINDS,
                    Location.of(""),
                    "two modules bring the kind " + name,
                    "leave one of them away");
        }
    }

    /** {@return the kinds of providers by name, in order} */
    public Map<String, ProviderKind> providers() {
        return Collections.unmodifiableMap(providers);
    }

    /** {@return the kinds of wrappers in the order of capabilities and names} */
    public List<IsolationKind> wrappers() {
        return List.copyOf(wrappers.values());
    }

    ClassLoader loader() {
        return loader;
    }

    /** The kind of an instance that stands at {@code place}. */
    ProviderKind provider(Source source, Instance instance) {
        ProviderKind kind = providers.get(instance.providerKind());
        if (kind == null) {
            throw unknown(
                    source,
                    Source.step(place(instance), Instance.KIND),
                    instance.providerKind(),
                    providers.keySet());
        }
        return kind;
    }

    private IsolationKind wrapper(Source source, Instance instance, int number) {
        Instance.Wrapper wrapper = instance.isolation().get(number);
        String capability = provider(source, instance).capability() + "/";
        IsolationKind kind = wrappers.get(capability + wrapper.kind());
        if (kind == null) {
            throw unknown(
                    source,
                    Source.step(wrapperPlace(instance, number), "kind"),
                    wrapper.kind(),
                    wrappers.keySet().stream()
                            .filter(name -> name.startsWith(capability))
                            .map(name -> name.substring(capability.length()))
                            .toList());
        }
        return kind;
    }

    private static BindingsException unknown(
            Source source, String pointer, String name, Collection<String> present) {
        String near =
                Names.nearest(name, present)
                        .map(it -> "did you mean " + it + "? ")
                        .orElse(
                                present.isEmpty()
                                        ? "none are present; "
                                        : "present are " + String.join(", ", present) + "; ");
        return source.refused(
                BindingsFault.UNKNOWN_KIND,
                pointer,
                "no module that is present brings the kind " + Names.quote(name),
                near + "an artifact more may be needed on the class path");
    }

    static String place(Instance instance) {
        return Source.step("/" + BindingsLock.INSTANCES, instance.name());
    }

    private static String wrapperPlace(Instance instance, int number) {
        return Source.step(place(instance), Instance.ISOLATION) + "/" + number;
    }

    List<IsolationKind> wrappers(Source source, Instance instance) {
        return IntStream.range(0, instance.isolation().size())
                .mapToObj(number -> wrapper(source, instance, number))
                .toList();
    }

    /**
     * Refuses instances of a lock whose kinds are not there or do not take their settings.
     *
     * @param lock the lock
     * @throws BindingsException the first that is wrong
     */
    public void check(BindingsLock lock) {
        lock.flows().keySet().forEach(lock::uses);
        lock.instances().values().forEach(instance -> check(lock.source(), instance));
    }

    void check(Source source, Instance instance) {
        ProviderKind kind = provider(source, instance);
        for (String hint : instance.provides()) {
            if (!Instance.covers(kind.provides(), hint)) {
                throw source.refused(
                        BindingsFault.BAD_USE,
                        Source.step(place(instance), Instance.PROVIDES),
                        "a " + kind.kind() + " does not provide " + Names.quote(hint),
                        "it provides " + kind.provides() + " and what is below that");
            }
        }
        settings(source, place(instance), Instance.CONNECT, kind.connect(), instance.connect());
        settings(source, place(instance), Instance.CONFIG, kind.config(), instance.config());
        int number = 0;
        for (IsolationKind wrapper : wrappers(source, instance)) {
            settings(
                    source,
                    wrapperPlace(instance, number),
                    Instance.CONFIG,
                    wrapper.config(),
                    instance.isolation().get(number).config());
            number++;
        }
    }

    /** Names of all secrets that an instance needs. */
    List<String> secrets(Source source, Instance instance) {
        ProviderKind kind = provider(source, instance);
        List<String> names = new ArrayList<>();
        names.addAll(Settings.secrets(kind.connect(), instance.connect()));
        names.addAll(Settings.secrets(kind.config(), instance.config()));
        int number = 0;
        for (IsolationKind wrapper : wrappers(source, instance)) {
            names.addAll(
                    Settings.secrets(wrapper.config(), instance.isolation().get(number).config()));
            number++;
        }
        return names;
    }

    private static void settings(
            Source source,
            String place,
            String member,
            List<Setting> taken,
            Map<String, JsonValue> given) {
        Settings.check(new Doc(source, Source.step(place, member), given), taken);
    }

    /**
     * What hints demand of nodes where some instances are bound: what the checker knows anyway, and
     * what the modules say whose capabilities are bound.
     *
     * @param base the table to start from, usually {@link HintTable#FULL}
     * @param bound the instances
     * @return the table
     */
    public HintTable hints(HintTable base, Collection<Instance> bound) {
        TreeSet<String> capabilities = new TreeSet<>();
        for (Instance instance : bound) {
            Optional.ofNullable(providers.get(instance.providerKind()))
                    .ifPresent(kind -> capabilities.add(kind.capability()));
        }
        HintTable table = base;
        for (CapabilityModule module : ServiceLoader.load(CapabilityModule.class, loader)) {
            if (capabilities.contains(module.capability())) {
                for (Hint hint : module.constraints()) {
                    table = table.with(hint);
                }
                for (String id : module.bindable()) {
                    table = table.withBindable(id);
                }
            }
        }
        return table;
    }

    /**
     * The JSON Schemas of a kind's settings.
     *
     * @param kind its name
     * @return an object with {@code connect} and {@code config}, each a schema, for people to read;
     *     empty when there is no such kind
     */
    public Optional<String> schemas(String kind) {
        return Optional.ofNullable(providers.get(kind))
                .map(found -> {
                    Map<String, JsonValue> both = new LinkedHashMap<>();
                    both.put(Instance.CONNECT, Settings.schema(found.connect()));
                    both.put(Instance.CONFIG, Settings.schema(found.config()));
                    return Canonical.pretty(new JsonValue.Obj(both));
                });
    }

    /**
     * The JSON Schema of a wrapper's settings.
     *
     * @param kind the wrapper
     * @return the schema, for people to read
     */
    public static String schema(IsolationKind kind) {
        return Canonical.pretty(Settings.schema(kind.config()));
    }
}
