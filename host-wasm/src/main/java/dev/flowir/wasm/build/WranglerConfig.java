package dev.flowir.wasm.build;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.wasm.EdgeConsumer;
import dev.flowir.wasm.EdgeManifest;
import dev.flowir.wasm.EdgeMigration;
import dev.flowir.wasm.json.EdgeCodec;
import dev.flowir.wasm.json.Forms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The platform's configuration of a worker, every value said. */
final class WranglerConfig {

    /** The day whose behaviour of the platform the tests of this library have seen. */
    private static final String COMPATIBILITY_DATE = "2026-04-26";

    /** The version whose reading of this configuration has been seen. */
    private static final String WRANGLER = "4.86.0";

    /** Folder of the files that the platform answers with. */
    static final String PAGES = "public";

    private WranglerConfig() {}

    /** The text of {@code package.json}, which brings the platform's tool. */
    static String packageText(String name) {
        Map<String, JsonValue> scripts = new LinkedHashMap<>();
        scripts.put("dev", JsonValue.text("wrangler dev"));
        scripts.put("deploy", JsonValue.text("wrangler deploy"));
        Map<String, JsonValue> all = new LinkedHashMap<>();
        all.put("name", JsonValue.text(name));
        all.put("private", JsonValue.bool(true));
        all.put("type", JsonValue.text("module"));
        all.put("scripts", new JsonValue.Obj(scripts));
        all.put("devDependencies", new JsonValue.Obj(Map.of("wrangler", JsonValue.text(WRANGLER))));
        return pretty(new JsonValue.Obj(all), "") + "\n";
    }

    /**
     * The text of {@code wrangler.json}.
     *
     * @param name of the worker
     * @param manifest what it needs
     * @param ids of KV namespaces, databases and rate limits by the name of their binding
     * @param pages whether there are files that the platform answers with
     */
    static String text(String name, EdgeManifest manifest, Map<String, String> ids, boolean pages) {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        all.put("name", JsonValue.text(name));
        all.put("main", JsonValue.text("src/worker.mjs"));
        all.put("compatibility_date", JsonValue.text(COMPATIBILITY_DATE));
        all.put("compatibility_flags", texts(List.of("enable_request_signal")));
        all.put("no_bundle", JsonValue.bool(true));
        all.put(
                "rules",
                new JsonValue.Arr(
                        List.of(rule("ESModule", "**/*.mjs"), rule("CompiledWasm", "**/*.wasm"))));
        if (pages) {
            all.put("assets", assets());
        }
        List<JsonValue> namespaces = new ArrayList<>();
        List<JsonValue> databases = new ArrayList<>();
        List<JsonValue> objects = new ArrayList<>();
        List<JsonValue> migrations = new ArrayList<>();
        List<JsonValue> producers = new ArrayList<>();
        List<JsonValue> buckets = new ArrayList<>();
        List<JsonValue> limits = new ArrayList<>();
        List<JsonValue> services = new ArrayList<>();
        List<String> secrets = new ArrayList<>();
        for (EdgeManifest.Binding binding : manifest.bindings()) {
            Map<String, JsonValue> one = new LinkedHashMap<>();
            one.put("binding", JsonValue.text(binding.name()));
            switch (binding.kind()) {
                case KV -> {
                    one.put("id", JsonValue.text(ids.getOrDefault(binding.name(), "")));
                    namespaces.add(new JsonValue.Obj(one));
                }
                case D1 -> {
                    one.put("database_name", JsonValue.text(binding.resource()));
                    one.put("database_id", JsonValue.text(ids.getOrDefault(binding.name(), "")));
                    if (!binding.migrations().isEmpty()) {
                        one.put("migrations_dir", JsonValue.text(migrationsFolder(binding)));
                    }
                    databases.add(new JsonValue.Obj(one));
                }
                case OBJECT -> {
                    one.remove("binding");
                    one.put("name", JsonValue.text(binding.name()));
                    one.put("class_name", JsonValue.text(binding.resource()));
                    objects.add(new JsonValue.Obj(one));
                    migrations.add(migration(binding.resource()));
                }
                case QUEUE -> {
                    one.put("queue", JsonValue.text(binding.resource()));
                    producers.add(new JsonValue.Obj(one));
                }
                case BLOBS -> {
                    one.put("bucket_name", JsonValue.text(binding.resource()));
                    buckets.add(new JsonValue.Obj(one));
                }
                case SERVICE -> {
                    one.put("service", JsonValue.text(binding.resource()));
                    services.add(new JsonValue.Obj(one));
                }
                case RATE_LIMIT -> limits.add(limit(binding, ids));
                case SECRET -> secrets.add(binding.name());
            }
        }
        all.put("kv_namespaces", new JsonValue.Arr(namespaces));
        all.put("d1_databases", new JsonValue.Arr(databases));
        Map<String, JsonValue> durable = new LinkedHashMap<>();
        durable.put("bindings", new JsonValue.Arr(objects));
        all.put("durable_objects", new JsonValue.Obj(durable));
        all.put("migrations", new JsonValue.Arr(migrations));
        List<JsonValue> consumers = manifest.consumers().stream().map(WranglerConfig::of).toList();
        Map<String, JsonValue> queues = new LinkedHashMap<>();
        queues.put("producers", new JsonValue.Arr(producers));
        queues.put("consumers", new JsonValue.Arr(consumers));
        all.put("queues", new JsonValue.Obj(queues));
        all.put("r2_buckets", new JsonValue.Arr(buckets));
        all.put("ratelimits", new JsonValue.Arr(limits));
        all.put("services", new JsonValue.Arr(services));
        all.put("secrets", new JsonValue.Obj(Map.of("required", texts(secrets))));
        all.put("triggers", new JsonValue.Obj(Map.of("crons", texts(manifest.crons()))));
        return pretty(new JsonValue.Obj(all), "") + "\n";
    }

    /** Where the steps of a database's schema are, one file each. */
    static String migrationsFolder(EdgeManifest.Binding binding) {
        return "migrations/" + binding.name();
    }

    /** The text of such a file: each statement ends with a semicolon at the end of its line. */
    static String text(EdgeMigration migration) {
        StringBuilder text = new StringBuilder();
        for (String statement : migration.statements()) {
            text.append(statement.strip()).append(";\n");
        }
        return text.toString();
    }

    /** What is no file is the worker's to answer. */
    private static JsonValue assets() {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        all.put("directory", JsonValue.text(PAGES));
        all.put("html_handling", JsonValue.text("auto-trailing-slash"));
        all.put("not_found_handling", JsonValue.text("none"));
        return new JsonValue.Obj(all);
    }

    private static JsonValue limit(EdgeManifest.Binding binding, Map<String, String> ids) {
        EdgeManifest.Window window = binding.window().orElseThrow();
        Map<String, JsonValue> simple = new LinkedHashMap<>();
        simple.put("limit", JsonValue.number(window.limit()));
        simple.put("period", JsonValue.number(window.periodSeconds()));
        Map<String, JsonValue> one = new LinkedHashMap<>();
        one.put("name", JsonValue.text(binding.name()));
        one.put("namespace_id", JsonValue.text(ids.getOrDefault(binding.name(), "")));
        one.put("simple", new JsonValue.Obj(simple));
        return new JsonValue.Obj(one);
    }

    /** One for each class, so that a class that is added later has one that was not applied yet. */
    private static JsonValue migration(String type) {
        Map<String, JsonValue> one = new LinkedHashMap<>();
        one.put("tag", JsonValue.text("class-" + type));
        one.put("new_sqlite_classes", texts(List.of(type)));
        return new JsonValue.Obj(one);
    }

    private static JsonValue rule(String type, String glob) {
        Map<String, JsonValue> rule = new LinkedHashMap<>();
        rule.put("type", JsonValue.text(type));
        rule.put("globs", texts(List.of(glob)));
        rule.put("fallthrough", JsonValue.bool(false));
        return new JsonValue.Obj(rule);
    }

    private static JsonValue of(EdgeManifest.Consumer consumer) {
        EdgeConsumer how = consumer.how();
        Map<String, JsonValue> one = new LinkedHashMap<>();
        one.put("queue", JsonValue.text(consumer.queue()));
        one.put("max_batch_size", JsonValue.number(how.maxBatchSize()));
        one.put("max_batch_timeout", JsonValue.number(how.maxBatchTimeout().toSeconds()));
        one.put("max_retries", JsonValue.number(how.maxRetries()));
        one.put("retry_delay", JsonValue.number(how.retryDelay().toSeconds()));
        how.deadLetters().ifPresent(it -> one.put("dead_letter_queue", JsonValue.text(it)));
        return new JsonValue.Obj(one);
    }

    private static JsonValue texts(List<String> texts) {
        return new JsonValue.Arr(texts.stream().<JsonValue>map(JsonValue::text).toList());
    }

    /** Objects and lists of them over several lines, all else on one. */
    private static String pretty(JsonValue value, String indent) {
        String inner = indent + "  ";
        List<String> lines = new ArrayList<>();
        if (value instanceof JsonValue.Obj object) {
            object.members()
                    .forEach((name, member) ->
                            lines.add(
                                    inner
                                            + compact(JsonValue.text(name))
                                            + ": "
                                            + pretty(member, inner)));
            return "{\n" + String.join(",\n", lines) + "\n" + indent + "}";
        }
        if (value instanceof JsonValue.Arr list
                && list.items().stream().anyMatch(it -> it instanceof JsonValue.Obj)) {
            list.items().forEach(item -> lines.add(inner + pretty(item, inner)));
            return "[\n" + String.join(",\n", lines) + "\n" + indent + "]";
        }
        return compact(value);
    }

    static String compact(JsonValue value) {
        try {
            return new EdgeCodec<>(Forms.JSON).write(value);
        } catch (CodecException tooDeep) {
            throw new IllegalStateException(tooDeep);
        }
    }
}
