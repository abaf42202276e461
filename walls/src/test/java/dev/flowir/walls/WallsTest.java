package dev.flowir.walls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The rules hold for our classes, and each refuses code that breaks it. */
class WallsTest {

    private static List<ArchRule> rules(Set<String> exportedPackages) {
        List<ArchRule> rules = new ArrayList<>(Rooms.rules());
        rules.addAll(PurePackages.rules());
        rules.addAll(Signatures.rules(exportedPackages));
        rules.add(Logging.rule());
        return rules;
    }

    @TestFactory
    Stream<DynamicTest> ourClassesKeep() {
        JavaClasses classes = House.classes();
        assertTrue(classes.contain("dev.flowir.ir.FlowDefinition"), "the rooms are on the path");
        return rules(House.exportedPackages()).stream()
                .map(rule ->
                        DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
    }

    @TestFactory
    Stream<DynamicTest> eachRuleRefuses(@TempDir Path folder) {
        return Violation.all().stream()
                .map(violation ->
                        DynamicTest.dynamicTest(
                                violation.name(), () -> refuses(violation, folder)));
    }

    private static void refuses(Violation violation, Path folder) throws Exception {
        Path place = folder.resolve(violation.name());
        assertEquals(List.of(), JavaSources.compile(violation.sources(), place));
        JavaClasses classes = new ClassFileImporter().importPath(place.resolve("classes"));
        List<String> broken =
                rules(Set.of("dev.flowir.kernel")).stream()
                        .filter(rule -> rule.evaluate(classes).hasViolation())
                        .map(ArchRule::getDescription)
                        .toList();
        assertTrue(
                broken.stream().anyMatch(rule -> rule.startsWith(violation.rule())),
                () -> violation.name() + " broke only " + broken);
    }

    @Test
    void everyRuleHasCodeThatBreaksIt() {
        List<String> unproven =
                rules(Set.of()).stream()
                        .map(ArchRule::getDescription)
                        .filter(rule ->
                                Violation.all().stream().noneMatch(v -> rule.startsWith(v.rule())))
                        .toList();
        assertEquals(List.of(), unproven);
    }

    @Test
    void codeThatKeepsTheRulesIsLeftAlone(@TempDir Path folder) throws Exception {
        String source =
                """
                package dev.flowir.kernel.machine;
                import java.util.*;
                import java.util.function.Function;
                import java.time.Duration;
                record Fine(List<String> names, OptionalLong next, Duration limit, int[] routes) {
                    enum Kind { A, B }
                    sealed interface S permits X, Y {}
                    record X(int i) implements S {}
                    record Y(Kind k) implements S {}
                    static int of(S s) { return switch (s) { case X(int i) -> i; case Y(Kind k) -> switch (k) { case A -> 1; case B -> 2; }; }; }
                    Map<String, Integer> map(Function<String, Integer> f) {
                        Map<String, Integer> map = new LinkedHashMap<>();
                        names.forEach(name -> map.put(name + "!", f.apply(name)));
                        int[] copy = new int[routes.length];
                        System.arraycopy(routes, 0, copy, 0, copy.length);
                        return map;
                    }
                }
                """;
        assertEquals(List.of(), JavaSources.compile(Map.of("Fine.java", source), folder));
        JavaClasses classes = new ClassFileImporter().importPath(folder.resolve("classes"));
        List<String> broken =
                rules(Set.of("dev.flowir.kernel.machine")).stream()
                        .filter(rule -> rule.evaluate(classes).hasViolation())
                        .map(rule -> rule.evaluate(classes).getFailureReport().toString())
                        .toList();
        assertEquals(List.of(), broken);
    }
}
