package dev.flowir.bindings;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.Blobs;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.WriteToken;
import dev.flowir.kernel.cap.Secret;
import dev.flowir.kv.Kv;
import dev.flowir.kv.KvValue;
import dev.flowir.kv.KvWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Flows, catalogs and secrets that tests bind. */
final class Samples {

    static final Kinds KINDS = Kinds.found(Samples.class.getClassLoader());

    static final WriteToken<KvWriter> NAMES = Kv.writer("names");

    /** Its source is the same whatever is bound. */
    static final Flow<String, String> KEEPS = keeps("keeps");

    /** The two flows whose locks the reference has checked in: only names and hints count. */
    static final Flow<String, String> READS =
            single(
                    "s4_preflight_flow",
                    Node.reads(
                            "read",
                            String.class,
                            String.class,
                            Kv.reader("names"),
                            (kv, key, ctx) -> kv.get(key).map(KvValue::text).orElse("")));

    static final Flow<String, String> STORES =
            single(
                    "s6_spill_flow",
                    Node.effect(
                            "store",
                            String.class,
                            String.class,
                            Blobs.writer("pages"),
                            (blobs, key, ctx) -> blobs.put(key, BlobBody.of(key)).etag()));

    private Samples() {}

    static Flow<String, String> keeps(String name) {
        return single(
                name,
                Node.effect(
                        "keep",
                        String.class,
                        String.class,
                        NAMES,
                        (kv, key, ctx) -> {
                            kv.put(key, KvValue.of("of " + name));
                            return kv.get(key).map(KvValue::text).orElse("");
                        }));
    }

    private static Flow<String, String> single(String name, Node<String, String> node) {
        return Flow.define(name, "1.0.0", String.class, (g, in) -> g.then(in, node));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One instance of a kind for one use. */
    static String catalog(String instance, String kind, String provides, String use) {
        return """
        {"version": 1,
         "instances": {
          "%s": {"provider_kind": "%s", "mode": "managed", "provides": ["%s"]}},
         "bindings": [{"selector": {}, "use": {"%s": "%s"}}]}
        """
                .formatted(instance, kind, provides, use, instance);
    }

    /** Entries in a store, with something around them. */
    static String sqlite(Path file, String isolation) {
        return """
        {"version": 1,
         "instances": {"shop": {"provider_kind": "kv.sqlite", "provides": ["resource::kv"],
           "connect": {"store": "%s"}, "isolation": [%s]}},
         "bindings": [{"use": {"resource::kv": "shop"}}]}
        """
                .formatted(file, isolation);
    }

    static BindingsLock lock(String catalog, Flow<?, ?>... flows) {
        return ResourceCatalog.parse("resources.catalog.json", utf8(catalog))
                .lock(Arrays.stream(flows).map(Flow::definition).toList(), KINDS, Instant.EPOCH);
    }

    /** Bindings of what a catalog makes, read back as a deployment does. */
    static Bindings open(String catalog, Map<String, Secret> secrets, Flow<?, ?>... flows) {
        return Bindings.of(
                BindingsLock.parse("bindings.lock.json", lock(catalog, flows).json()),
                KINDS,
                name -> Optional.ofNullable(secrets.get(name)));
    }
}
