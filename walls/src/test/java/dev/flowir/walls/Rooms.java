package dev.flowir.walls;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who may import whom among our own packages. */
final class Rooms {

    private static final String HOUSE = "dev.flowir.";
    private static final List<String> LANGUAGE = List.of("ir..");
    private static final List<String> KERNEL = List.of("kernel..", "ir..");
    static final List<String> CAPABILITIES =
            List.of(
                    "kv", "blob", "queue", "object", "http", "secret", "sql", "time", "limit",
                    "cache", "dedupe");
    private static final List<String> HOSTS = List.of("servlet", "wasm", "restate");
    static final List<String> BACKENDS = List.of("redis", "s3");
    private static final List<String> ANYTHING = List.of("cli", "examples", "benchmarks");

    /** Room by its package; what it may import besides itself. */
    private static final Map<String, List<String>> MAY_IMPORT = mayImport();

    private Rooms() {}

    private static Map<String, List<String>> mayImport() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        table.put("ir", List.of());
        table.put("kernel", LANGUAGE);
        table.put("store", List.of());
        for (String capability : CAPABILITIES) {
            table.put(capability, List.of("kernel.cap", "ir..", "store.."));
        }
        // Docs: adr/0106. A flow elsewhere ends as one here does: with a result, or a failure.
        table.put("http", List.of("kernel", "kernel.cap", "ir..", "store.."));
        for (String host : HOSTS) {
            table.put(host, KERNEL);
        }
        // Docs: adr/0040. Only types that an edge isolate has; no store.
        table.put(
                "wasm",
                Stream.concat(KERNEL.stream(), CAPABILITIES.stream().map(it -> it + ".."))
                        .toList());
        // Docs: adr/0063. One connection for all capabilities that a server keeps.
        for (String backend : BACKENDS) {
            table.put(
                    backend,
                    Stream.concat(
                                    Stream.of("kernel.cap", "ir.."),
                                    CAPABILITIES.stream().map(it -> it + ".."))
                            .toList());
        }
        // Docs: adr/0070.
        table.put("bindings", List.of("kernel.cap", "ir.."));
        table.put("maven", List.of("wasm.build"));
        table.put("durable", List.of("kernel..", "ir..", "store.."));
        List<String> testing = new ArrayList<>(KERNEL);
        CAPABILITIES.forEach(capability -> testing.add(capability + ".."));
        testing.add("durable..");
        testing.add("store..");
        table.put("testing", testing);
        return table;
    }

    /** One rule for each room, and one that no package stands outside the rooms. */
    static List<ArchRule> rules() {
        List<ArchRule> rules = new ArrayList<>();
        MAY_IMPORT.forEach((room, others) -> rules.add(mayImport(room, others)));
        rules.add(everyPackageHasARoom());
        return rules;
    }

    private static ArchRule mayImport(String room, List<String> others) {
        String[] allowed =
                Stream.concat(Stream.of(room + ".."), others.stream())
                        .map(pattern -> HOUSE + pattern)
                        .toArray(String[]::new);
        DescribedPredicate<JavaClass> elsewhere =
                JavaClass.Predicates.resideInAPackage(HOUSE + ".")
                        .and(
                                DescribedPredicate.not(
                                        JavaClass.Predicates.resideInAnyPackage(allowed)))
                        .as("stand in a room other than %s", String.join(", ", allowed));
        return ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage(HOUSE + room + "..")
                .should()
                .dependOnClassesThat(elsewhere)
                .allowEmptyShould(true)
                .as("room " + room + " imports only " + String.join(", ", allowed));
    }

    private static ArchRule everyPackageHasARoom() {
        String[] rooms =
                Stream.concat(MAY_IMPORT.keySet().stream(), ANYTHING.stream())
                        .map(room -> HOUSE + room + "..")
                        .toArray(String[]::new);
        return ArchRuleDefinition.classes()
                .should()
                .resideInAnyPackage(rooms)
                .as("every package belongs to a room");
    }
}
