package dev.flowir.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.benchmarks.Work.Load;
import dev.flowir.benchmarks.report.Goal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of works points at benchmarks and contenders that exist. */
class WorksTest {

    @Test
    void everyWorkOfTheReportIsThereOnce() {
        assertEquals(
                List.of("W1a", "W1b", "W2", "W3", "W4", "W5", "W6", "W7", "W8", "W9"),
                Works.all().stream().map(it -> it.chapter().id()).toList());
    }

    @Test
    void everyLoadNamesAMethodThatJmhKnows() throws IOException {
        String known;
        try (InputStream list =
                WorksTest.class.getClassLoader().getResourceAsStream("META-INF/BenchmarkList")) {
            known = new String(list.readAllBytes(), StandardCharsets.UTF_8);
        }
        for (Work work : Works.all()) {
            for (Load load : loads(work)) {
                String method = work.chapter().work() + "_" + load.methods() + "_jmhTest";
                assertTrue(known.contains(method), method);
            }
        }
    }

    @Test
    void everyGoalIsAboutContendersThatRunInShortMode() {
        for (Work work : Works.all()) {
            for (Goal goal : work.chapter().goals()) {
                String kind = goal.ours().kind();
                List<String> run =
                        work.loads().stream()
                                .filter(it -> it.methods().equals(kind))
                                .filter(it -> fits(it, goal.ours().params()))
                                .flatMap(it -> it.params().get("peer").stream())
                                .toList();
                assertFalse(run.isEmpty(), goal::text);
                assertTrue(goal.ours().peers().stream().anyMatch(run::contains), goal::text);
            }
        }
    }

    private static boolean fits(Load load, Map<String, String> params) {
        return params.entrySet().stream()
                .allMatch(it -> load.params().get(it.getKey()).contains(it.getValue()));
    }

    private static List<Load> loads(Work work) {
        return Stream.concat(work.loads().stream(), work.fullLoads().stream()).toList();
    }
}
