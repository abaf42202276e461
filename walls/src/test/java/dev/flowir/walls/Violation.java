package dev.flowir.walls;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Code that breaks a rule.
 *
 * @param name what it does
 * @param rule how the description of the broken rule starts
 * @param sources the code, by file name
 */
record Violation(String name, String rule, Map<String, String> sources) {

    private static final String IMPORTS = "pure packages import only";
    private static final String CALLS = "pure packages call nothing";

    static List<Violation> all() {
        List<Violation> all = new ArrayList<>();
        rooms(all);
        imports(all);
        calls(all);
        signatures(all);
        all.add(
                of(
                        "logs-past-slf4j",
                        "only hosts and programs",
                        "dev.flowir.queue",
                        "java.util.logging.Logger log;"));
        return all;
    }

    private static void rooms(List<Violation> all) {
        all.add(crossing("ir", "kernel"));
        all.add(crossing("kernel", "kv"));
        all.add(crossing("store", "ir"));
        for (String capability : Rooms.CAPABILITIES) {
            all.add(crossing(capability, capability.equals("kv") ? "queue" : "kv"));
        }
        all.add(crossing("queue", "kernel.exec"));
        for (String host : List.of("servlet", "wasm", "restate")) {
            all.add(crossing(host, host.equals("wasm") ? "servlet" : "wasm"));
        }
        Rooms.BACKENDS.forEach(backend -> all.add(crossing(backend, "store")));
        all.add(crossing("bindings", "kv"));
        all.add(crossing("durable", "queue"));
        all.add(crossing("maven", "kernel"));
        all.add(crossing("testing", "servlet"));
        all.add(of("no-room", "every package belongs", "dev.flowir.attic", ""));
    }

    private static void imports(List<Violation> all) {
        for (String type :
                List.of(
                        "java.util.concurrent.atomic.AtomicLong",
                        "java.util.stream.Stream<String>",
                        "java.util.regex.Pattern",
                        "java.util.Random",
                        "java.util.UUID",
                        "java.io.InputStream",
                        "java.nio.file.Path[]",
                        "java.time.Instant",
                        "java.lang.reflect.Method",
                        "java.lang.Thread",
                        "org.slf4j.Logger",
                        "tools.jackson.databind.JsonNode")) {
            all.add(
                    of(
                            "uses-" + type.replaceAll("\\W", "-"),
                            IMPORTS,
                            "dev.flowir.ir.check",
                            type + " it;"));
        }
        all.add(
                of(
                        "machine-reads-json",
                        IMPORTS,
                        "dev.flowir.kernel.machine",
                        "tools.jackson.core.JsonParser it;"));
        all.add(
                of(
                        "machine-hashes",
                        "the machine has no collection",
                        "dev.flowir.kernel.machine",
                        "Object it = new java.util.HashMap<String, String>();"));
        all.add(
                of(
                        "plan-is-volatile",
                        "pure packages belong to one thread: no volatile",
                        "dev.flowir.ir.plan",
                        "volatile int it;"));
        all.add(
                of(
                        "plan-is-locked",
                        "pure packages belong to one thread: no synchronized",
                        "dev.flowir.ir.plan",
                        "synchronized void it() {}"));
    }

    private static void calls(List<Violation> all) {
        Map<String, String> calls =
                Map.ofEntries(
                        Map.entry("format", "String.format(\"%s\", 1)"),
                        Map.entry("formatted", "\"%s\".formatted(1)"),
                        Map.entry("split", "\"a b\".split(\" \")"),
                        Map.entry("matches", "\"a\".matches(\"a\")"),
                        Map.entry("replace-all", "\"a\".replaceAll(\"a\", \"b\")"),
                        Map.entry("nano-time", "System.nanoTime()"),
                        Map.entry("millis", "System.currentTimeMillis()"),
                        Map.entry("property", "System.getProperty(\"a\")"),
                        Map.entry("random", "Math.random()"),
                        Map.entry("reflection", "String.class.getDeclaredMethods().length"),
                        Map.entry("for-name", "lookUp()"),
                        Map.entry("shuffle", "shuffle()"),
                        Map.entry("notify", "wake()"));
        String more =
                """
                Object lookUp() { try { return Class.forName("a"); } catch (ClassNotFoundException e) { return e; } }
                Object shuffle() { java.util.Collections.shuffle(new java.util.ArrayList<String>()); return this; }
                Object wake() { notifyAll(); return this; }
                """;
        calls.forEach((name, call) ->
                all.add(
                        of(
                                "calls-" + name,
                                CALLS,
                                "dev.flowir.kernel.machine",
                                "Object it() { return "
                                        + call
                                        + "; }"
                                        + (call.endsWith("()") && !call.contains(".")
                                                ? more
                                                : ""))));
        all.add(
                of(
                        "enum-by-name",
                        "pure packages look enums up",
                        "dev.flowir.ir",
                        "enum E { A } Object it = E.valueOf(\"A\");"));
        all.add(
                of(
                        "enum-by-class",
                        "pure packages look enums up",
                        "dev.flowir.ir",
                        "enum E { A } Object it = Enum.valueOf(E.class, \"A\");"));
    }

    private static void signatures(List<Violation> all) {
        String rule = "published signatures";
        all.add(
                of(
                        "shows-vavr",
                        rule,
                        "dev.flowir.kernel",
                        "public io.vavr.control.Option<String> it() { return null; }"));
        all.add(
                of(
                        "shows-vavr-inside-a-generic",
                        rule,
                        "dev.flowir.kernel",
                        "public void it(java.util.List<io.vavr.collection.List<String>> it) {}"));
        all.add(
                of(
                        "shows-sqlite",
                        rule,
                        "dev.flowir.kernel",
                        "public org.sqlite.SQLiteConfig it;"));
        all.add(
                of(
                        "shows-jackson",
                        rule,
                        "dev.flowir.kernel",
                        "protected tools.jackson.databind.JsonNode it;"));
        all.add(
                of(
                        "throws-jackson",
                        rule,
                        "dev.flowir.kernel",
                        "public Bad() throws tools.jackson.core.JacksonException {}"));
        all.add(
                new Violation(
                        "extends-jackson",
                        rule,
                        Map.of(
                                "Bad.java",
                                "package dev.flowir.kernel; public abstract class Bad extends tools.jackson.databind.JsonNode {}")));
        all.add(
                new Violation(
                        "named-helper",
                        "no name ends",
                        Map.of("FlowHelper.java", "package dev.flowir.cli; class FlowHelper {}")));
    }

    private static Violation crossing(String from, String to) {
        String other = "package dev.flowir." + to + "; public class Other {}";
        String bad =
                "package dev.flowir." + from + "; class Bad { dev.flowir." + to + ".Other it; }";
        return new Violation(
                from + "-imports-" + to,
                "room " + from + " imports only",
                Map.of("Other.java", other, "Bad.java", bad));
    }

    private static Violation of(String name, String rule, String place, String body) {
        String source = "package " + place + "; public class Bad { " + body + " }";
        return new Violation(name, rule, Map.of("Bad.java", source));
    }
}
