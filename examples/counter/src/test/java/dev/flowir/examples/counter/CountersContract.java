package dev.flowir.examples.counter;

import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.testing.Bench;
import dev.flowir.testing.Contract;
import dev.flowir.testing.Expect;
import dev.flowir.testing.Rule;
import java.util.List;

/** What every provider of counters keeps. */
final class CountersContract {

    static final Contract<Bench> RULES =
            new Contract<>(
                    "counters",
                    List.of(
                            Rule.of(
                                    "CT-01",
                                    "a counter starts at 0",
                                    "count() of a name that was never counted",
                                    (bench, clock) ->
                                            Expect.equal("count", 0L, writer(bench).count("a"))),
                            Rule.of(
                                    "CT-02",
                                    "a reader sees what was added",
                                    "add() and count() must use the same place",
                                    (bench, clock) -> {
                                        Expect.equal("first", 2L, writer(bench).add("a", 2));
                                        Expect.equal("second", 5L, writer(bench).add("a", 3));
                                        Expect.equal("read", 5L, reader(bench).count("a"));
                                    }),
                            Rule.of(
                                    "CT-03",
                                    "a late effect of an attempt that was given up is refused",
                                    "call scope.fence().ensureCurrent() inside the write",
                                    (bench, clock) -> {
                                        Fence fallen = () -> false;
                                        Scope late = new Scope("f", "r", "n", 1, "key", fallen);
                                        Counters.Writer stale =
                                                bench.provider()
                                                        .handle(Counters.writer("test"), late);
                                        Expect.refused(
                                                "add()",
                                                StaleAttemptException.class,
                                                () -> stale.add("a", 1));
                                        Expect.equal("count", 0L, reader(bench).count("a"));
                                    })));

    private CountersContract() {}

    private static Counters.Writer writer(Bench bench) {
        return bench.handle(Counters.writer("test"));
    }

    private static Counters.Reader reader(Bench bench) {
        return bench.handle(Counters.reader("test"));
    }
}
