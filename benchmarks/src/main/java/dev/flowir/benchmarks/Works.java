package dev.flowir.benchmarks;

import dev.flowir.benchmarks.Work.Load;
import dev.flowir.benchmarks.joins.Joined;
import dev.flowir.benchmarks.keyed.Keyed;
import dev.flowir.benchmarks.records.Bounded;
import dev.flowir.benchmarks.records.Records;
import dev.flowir.benchmarks.report.Chapter;
import dev.flowir.benchmarks.report.Figure;
import dev.flowir.benchmarks.report.Goal;
import dev.flowir.benchmarks.report.Measurement;
import dev.flowir.benchmarks.requests.Requests;
import dev.flowir.benchmarks.waits.Waits;
import dev.flowir.benchmarks.watchdogs.Standing;
import dev.flowir.benchmarks.windows.Windowed;
import java.util.List;

/** All works, in the order of the report. */
final class Works {

    private Works() {}

    static List<Work> all() {
        return List.of(
                records(),
                bounded(),
                requests(),
                waits(),
                keyed(),
                watchdogs(),
                GrowthWork.work(),
                ReferenceWork.work(),
                windows(),
                joins());
    }

    private static Work records() {
        String[] libraries = {
            Peers.REACTOR, Peers.MUTINY, Peers.RXJAVA, Peers.PEKKO, Peers.STREAMS
        };
        Figure compiled = Figure.wall("item", Peers.FLOW_COMPILED);
        Figure interpreted = Figure.wall("item", Peers.FLOW_INTERPRETED);
        Figure best = Figure.wall("item", libraries);
        Chapter chapter =
                new Chapter(
                        "W1a",
                        "records through pure stages",
                        W1aRecords.class.getSimpleName(),
                        "100 000 records go through 1, 3 or 5 stages that only compute, in the form"
                                + " that is natural for each contender: ours is a feed. *Run per"
                                + " record* and *instance* are what else one could write.",
                        "record",
                        List.of(
                                Goal.ratio(
                                        "interpreted ≤ 1.8× opaque, 3 stages",
                                        interpreted.with("stages", "3"),
                                        Figure.wall("item", Peers.OPAQUE).with("stages", "3"),
                                        1.8),
                                Goal.cheaper(
                                        "compiled ≥ 2× the best library, 3 stages",
                                        compiled.with("stages", "3"),
                                        best.with("stages", "3"),
                                        2),
                                Goal.cheaper(
                                        "compiled ≥ 4× the best library, 5 stages",
                                        compiled.with("stages", "5"),
                                        best.with("stages", "5"),
                                        4),
                                Goal.ratio(
                                        "compiled, 5 stages ≤ 1.5× 1 stage",
                                        compiled.with("stages", "5"),
                                        compiled.with("stages", "1"),
                                        1.5)));
        List<String> few =
                List.of(Peers.OPAQUE, Peers.FLOW_COMPILED, Peers.FLOW_INTERPRETED, Peers.REACTOR);
        List<String> light =
                List.of(
                        Peers.OPAQUE,
                        Peers.FLOW_COMPILED,
                        Peers.FLOW_INTERPRETED,
                        Peers.STREAMS,
                        Peers.REACTOR,
                        Peers.MUTINY,
                        Peers.RXJAVA);
        return new Work(
                chapter,
                List.of(
                        Load.of("item", few).with("stages", "1"),
                        Load.of("item", light).with("stages", "5"),
                        Load.of("item", Records.PEERS).with("stages", "3")),
                List.of(
                        Load.of("item", others(few)).with("stages", "1"),
                        Load.of("item", others(light)).with("stages", "5")));
    }

    private static List<String> others(List<String> some) {
        return Records.PEERS.stream().filter(it -> !some.contains(it)).toList();
    }

    private static Work requests() {
        Figure compiled = Figure.wall("oneCaller", Peers.FLOW_COMPILED);
        Figure interpreted = Figure.wall("oneCaller", Peers.FLOW_INTERPRETED);
        Chapter chapter =
                new Chapter(
                        "W2",
                        "one request through a diamond",
                        W2Requests.class.getSimpleName(),
                        "A request is validated, priced twice, joined, answered; the caller waits."
                                + " Ours has a deadline, an id, and can be cancelled. With 64"
                                + " callers the time is that of the whole process per request, not"
                                + " that of one caller. The bodies themselves make one object of"
                                + " 24 bytes.",
                        "request",
                        List.of(
                                Goal.cheaper(
                                        "interpreted ≥ 2× RxJava",
                                        interpreted,
                                        Figure.wall("oneCaller", Peers.RXJAVA),
                                        2),
                                Goal.bound(
                                        "interpreted ≤ 256 B",
                                        interpreted.of(Measurement.BYTES),
                                        256),
                                Goal.cheaper(
                                        "compiled ≥ 2× CompletableFuture",
                                        compiled,
                                        Figure.wall("oneCaller", Peers.FUTURE),
                                        2),
                                Goal.bound("compiled ≤ 96 B", compiled.of(Measurement.BYTES), 96),
                                Goal.ratio(
                                        "64 callers scale like 1: ≤ 1.1× the processor time",
                                        Figure.wall("manyCallers", Peers.FLOW_COMPILED)
                                                .of(Measurement.CPU),
                                        compiled.of(Measurement.CPU),
                                        1.1)));
        List<String> many =
                List.of(
                        Peers.OPAQUE,
                        Peers.FLOW_COMPILED,
                        Peers.FLOW_INTERPRETED,
                        Peers.FUTURE,
                        Peers.RXJAVA,
                        Peers.REACTOR);
        return new Work(
                chapter,
                List.of(Load.of("oneCaller", Requests.PEERS), Load.of("manyCallers", many)),
                List.of(
                        Load.of(
                                "manyCallers",
                                List.of(
                                        Peers.INLINE,
                                        Peers.FLOW_INVOCATION,
                                        Peers.FLOW_WATCHED,
                                        Peers.MUTINY,
                                        Peers.CAMEL,
                                        Peers.SPRING))));
    }

    private static Work bounded() {
        String[] libraries = {
            Peers.REACTOR, Peers.MUTINY, Peers.RXJAVA, Peers.PEKKO, Peers.PUBLISHER, Peers.DISRUPTOR
        };
        Figure ours = Figure.wall("item", Peers.FLOW_COMPILED).with("stages", "3");
        Chapter chapter =
                new Chapter(
                        "W1b",
                        "records through stages with a bound between them",
                        W1bBounded.class.getSimpleName(),
                        "As W1a, and at most 256 records wait between two stages. Libraries change"
                                + " threads there. A flow need not: stages that only compute run"
                                + " one after another, so that nothing ever waits on such an edge,"
                                + " and its bound is kept without a hand-over.",
                        "record",
                        List.of(
                                Goal.cheaper(
                                        "≥ 4× the best library",
                                        ours,
                                        Figure.wall("item", libraries).with("stages", "3"),
                                        4),
                                Goal.cheaper(
                                        "≥ 1.5× JCTools",
                                        ours,
                                        Figure.wall("item", Peers.JCTOOLS).with("stages", "3"),
                                        1.5),
                                Goal.ratio(
                                        "≤ 2× opaque",
                                        ours,
                                        Figure.wall("item", Peers.OPAQUE).with("stages", "3"),
                                        2)));
        return new Work(
                chapter,
                List.of(Load.of("item", Bounded.PEERS).with("stages", "3")),
                List.of(Load.of("item", Bounded.PEERS).with("stages", "5")));
    }

    private static Work waits() {
        Chapter chapter =
                new Chapter(
                        "W3",
                        "requests that wait for two answers",
                        W3Waits.class.getSimpleName(),
                        "A thousand requests are in flight; each waits for two answers of a"
                                + " millisecond side by side and joins them. Ours and the fork wait"
                                + " in virtual threads, as one does for blocking calls. The others"
                                + " must not block and use their timers, which need no thread,"
                                + " and so do flows whose nodes sleep: theirs is less work. Time says little here, processor time"
                                + " does.",
                        "request",
                        List.of(
                                Goal.ratio(
                                        "≤ 1.1× the processor time of a virtual-thread fork",
                                        Figure.wall("request", Peers.FLOW_STARTED)
                                                .of(Measurement.CPU),
                                        Figure.wall("request", Peers.FORK).of(Measurement.CPU),
                                        1.1),
                                Goal.bound(
                                        "two delays that are timers ≤ 1 µs of processor time",
                                        Figure.wall("request", Peers.FLOW_SLEEPING)
                                                .of(Measurement.CPU),
                                        1000)));
        // a thousand requests take 10 ms: in a second the JIT has seen a hundred rounds
        Load load = Load.of("request", Waits.PEERS).warmedUp(20);
        return new Work(chapter, List.of(load), List.of());
    }

    private static Work keyed() {
        String[] libraries = {
            Peers.REACTOR, Peers.RXJAVA, Peers.JCTOOLS, Peers.DISRUPTOR, Peers.QUEUES, Peers.PEKKO
        };
        Figure ours = Figure.wall("item", Peers.FLOW_KEYED);
        Chapter chapter =
                new Chapter(
                        "W4",
                        "keyed items to 8 workers",
                        W4Keyed.class.getSimpleName(),
                        "100 000 items, some 200 ns of work each, are dealt out to 8 workers by"
                                + " key; their results are folded in order within each key. *Ideal*"
                                + " is the same work, dealt out to the cores beforehand. Ours is a"
                                + " feed by key; an instance per worker is what else one could"
                                + " write.",
                        "item",
                        List.of(
                                Goal.ratio(
                                        "≤ 1.3× ideal",
                                        ours,
                                        Figure.wall("item", Peers.IDEAL_CORES),
                                        1.3),
                                Goal.cheaper(
                                        "≥ 1.2× the best peer",
                                        ours,
                                        Figure.wall("item", libraries),
                                        1.2)));
        return new Work(chapter, List.of(Load.of("item", Keyed.PEERS)), List.of());
    }

    private static Work windows() {
        Figure ours = Figure.wall("event", Peers.FLOW_COMPILED);
        Chapter chapter =
                new Chapter(
                        "W8",
                        "windows",
                        W8Windows.class.getSimpleName(),
                        "100 000 sales of 256 shops, in the order of their time, are summed by shop"
                                + " and second of that time. Only Kafka Streams knows the time of an event, as"
                                + " ours does; it runs in its own test driver, without a broker,"
                                + " keeps its windows in memory and writes all it keeps as bytes."
                                + " Reactor groups by shop and cuts where the second changes, which"
                                + " is right for events in order only; *by hand* an operator keeps"
                                + " a map, as one writes it for just this, and so does the loop."
                                + " Ours would take events out of order, too.",
                        "event",
                        List.of(
                                Goal.cheaper(
                                        "≥ 1.5× the best peer",
                                        ours,
                                        Figure.wall(
                                                "event",
                                                Peers.REACTOR,
                                                Peers.REACTOR_BY_HAND,
                                                Peers.PEKKO_BY_HAND,
                                                Peers.KAFKA),
                                        1.5)));
        return new Work(chapter, List.of(Load.of("event", Windowed.PEERS)), List.of());
    }

    private static Work joins() {
        Chapter chapter =
                new Chapter(
                        "W9",
                        "joins",
                        W9Joins.class.getSimpleName(),
                        "100 000 orders go two ways, are priced on one and judged on the other,"
                                + " and each price meets the risk of its order. Ours pairs by"
                                + " input, which libraries do by place.",
                        "item",
                        List.of(
                                Goal.cheaper(
                                        "≥ 1.5× the best peer",
                                        Figure.wall("item", Peers.FLOW_COMPILED),
                                        Figure.wall(
                                                "item", Peers.REACTOR, Peers.RXJAVA, Peers.PEKKO),
                                        1.5)));
        return new Work(chapter, List.of(Load.of("item", Joined.PEERS)), List.of());
    }

    private static Work watchdogs() {
        Chapter chapter =
                new Chapter(
                        "W5",
                        "watchdogs",
                        W5Watchdogs.class.getSimpleName(),
                        "A million watchdogs stand, of four lengths. *Recent* arms one more and"
                                + " cancels it; *random* cancels any of them and arms another. Ours"
                                + " and Agrona's are told the time, as by a machine whose events"
                                + " have one: the clock is read for every 64th. The others read it"
                                + " themselves, and so does ours in the second row. Watchdogs that"
                                + " are numbers are kept in an array of numbers.",
                        "pair",
                        List.of(
                                Goal.bound(
                                        "recent ≤ 10 ns",
                                        Figure.wall("recent", Peers.FLOW_TIMERS),
                                        10),
                                Goal.bound(
                                        "random ≤ 50 ns",
                                        Figure.wall("random", Peers.FLOW_TIMERS),
                                        50)));
        return new Work(
                chapter,
                List.of(Load.of("recent", Standing.PEERS), Load.of("random", Standing.PEERS)),
                List.of());
    }
}
