package dev.flowir.bindings;

import dev.flowir.ir.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that a deployment operates and flows use.
 *
 * @param name its name
 * @param providerKind the kind of provider, for example {@code kv.redis}
 * @param provides hints that it serves, each with what begins with it and {@code ::}
 * @param connect where it is
 * @param config how it behaves
 * @param isolation what is put around it, in the order in which what is written passes through
 */
public record Instance(
        String name,
        String providerKind,
        List<String> provides,
        Map<String, JsonValue> connect,
        Map<String, JsonValue> config,
        List<Wrapper> isolation) {

    static final String KIND = "provider_kind";
    static final String PROVIDES = "provides";
    static final String CONNECT = "connect";
    static final String CONFIG = "config";
    static final String ISOLATION = "isolation";
    static final String RESOURCE = "resource::";

    /**
     * What is put around a provider.
     *
     * @param kind its kind, for example {@code prefix_keys}
     * @param config its settings
     */
    public record Wrapper(String kind, Map<String, JsonValue> config) {

        /** Keeps a copy. */
        public Wrapper {
            config = Map.copyOf(config);
        }

        private static Wrapper read(Doc doc) {
            doc.only(List.of("kind", CONFIG));
            return new Wrapper(doc.text("kind"), doc.objectOrEmpty(CONFIG).members());
        }

        private JsonValue json() {
            Map<String, JsonValue> json = new LinkedHashMap<>();
            json.put("kind", JsonValue.text(kind));
            json.put(CONFIG, new JsonValue.Obj(config));
            return new JsonValue.Obj(json);
        }
    }

    /** Keeps copies. */
    public Instance {
        provides = List.copyOf(provides);
        connect = Map.copyOf(connect);
        config = Map.copyOf(config);
        isolation = List.copyOf(isolation);
    }

    /** Reads one as a lock has it, where nothing may be left out but {@code isolation}. */
    static Instance read(String name, Doc doc) {
        Instance instance =
                new Instance(
                        name,
                        doc.text(KIND),
                        doc.texts(PROVIDES),
                        doc.object(CONNECT).members(),
                        doc.object(CONFIG).members(),
                        doc.objects(ISOLATION).stream().map(Wrapper::read).toList());
        if (instance.provides.stream().anyMatch(hint -> !hint.startsWith(RESOURCE))) {
            throw doc.refused(
                    BindingsFault.BAD_USE,
                    PROVIDES,
                    "one of these is no resource",
                    "write hints that begin with " + RESOURCE);
        }
        return instance;
    }

    /** The same under another name. */
    Instance named(String other) {
        return new Instance(other, providerKind, provides, connect, config, isolation);
    }

    /** Whether it serves a hint: by its name, or by the start of it that ends at {@code ::}. */
    boolean serves(String hint) {
        return provides.stream().anyMatch(start -> covers(start, hint));
    }

    /** Whether a hint is another, or stands below it. */
    static boolean covers(String start, String hint) {
        return hint.equals(start) || hint.startsWith(start + "::");
    }

    JsonValue json() {
        Map<String, JsonValue> json = new LinkedHashMap<>();
        json.put(KIND, JsonValue.text(providerKind));
        json.put(PROVIDES, new JsonValue.Arr(provides.stream().map(JsonValue::text).toList()));
        json.put(CONNECT, new JsonValue.Obj(connect));
        json.put(CONFIG, new JsonValue.Obj(config));
        json.put(ISOLATION, new JsonValue.Arr(isolation.stream().map(Wrapper::json).toList()));
        return new JsonValue.Obj(json);
    }
}
