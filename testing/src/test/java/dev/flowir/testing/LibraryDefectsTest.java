package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kits of logs, agents, models and tools notice each defect that is planted in the library
 * itself, and none of their rules is without one.
 */
class LibraryDefectsTest {

    @TempDir private static Path folder;

    /**
     * A kit, and what can be wrong with what it is about.
     *
     * @param rules the kit
     * @param opener opens a bench with the library as it is
     * @param defects what can be wrong
     */
    record Kit<B extends Closeable>(
            Contract<B> rules, Contract.Opener<B> opener, List<LibraryDefect> defects) {

        Stream<Planted> planted() {
            return defects.stream().map(defect -> new Planted(this, defect));
        }

        Set<String> failed(LibraryDefect defect) throws Exception {
            return defect.failed(rules, opener);
        }

        @Override
        public String toString() {
            return rules.name();
        }
    }

    /**
     * One of them.
     *
     * @param kit the kit
     * @param defect what is wrong
     */
    record Planted(Kit<?> kit, LibraryDefect defect) {

        @Override
        public String toString() {
            return kit + ": " + defect;
        }
    }

    private static ObjectBench store(TestClock clock) {
        return new ObjectStoreBench(folder.resolve(System.nanoTime() + ".db"), clock);
    }

    private static Contract<ObjectBench> agents() {
        return new Contract<>(
                "agent",
                Stream.of(AgentRules.rules(), AgentTaskRules.rules(), AgentRunRules.rules())
                        .flatMap(List::stream)
                        .toList());
    }

    static Stream<Kit<?>> kits() {
        return Stream.of(
                new Kit<>(LogContract.rules(), LibraryDefectsTest::store, LogDefects.all()),
                new Kit<>(agents(), LibraryDefectsTest::store, AgentDefects.all()),
                new Kit<>(
                        ModelContract.rules(),
                        clock -> ModelBench.of(ModelEndpointsTest.OURS, clock),
                        ModelDefects.all()),
                new Kit<>(
                        ToolContract.rules(),
                        clock -> ToolBench.of(dev.flowir.http.tool.ToolEndpoint::open, clock),
                        ToolDefects.all()));
    }

    static Stream<Planted> planted() {
        return kits().flatMap(Kit::planted);
    }

    @ParameterizedTest
    @MethodSource("planted")
    void aDefectIsNoticedByTheRulesThatAreAboutIt(Planted planted) throws Exception {
        assertEquals(
                new TreeSet<>(planted.defect().noticed()), planted.kit().failed(planted.defect()));
    }

    @ParameterizedTest
    @MethodSource("kits")
    void everyRuleHasADefectThatItNotices(Kit<?> kit) {
        Set<String> noticed =
                kit.defects().stream()
                        .flatMap(defect -> defect.noticed().stream())
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> numbers =
                kit.rules().rules().stream()
                        .map(Rule::id)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(numbers, noticed);
    }
}
