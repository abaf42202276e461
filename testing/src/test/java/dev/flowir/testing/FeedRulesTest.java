package dev.flowir.testing;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableFeed;
import dev.flowir.durable.FeedBounds;
import dev.flowir.durable.FeedException;
import dev.flowir.durable.FeedFault;
import dev.flowir.durable.FeedView;
import dev.flowir.durable.SetAside;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeOption;
import dev.flowir.ir.Partition;
import dev.flowir.ir.Port;
import dev.flowir.ir.Type;
import dev.flowir.ir.Window;
import dev.flowir.ir.WindowBounds;
import dev.flowir.ir.WindowDraft;
import dev.flowir.ir.WindowShape;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RunState;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What durable feeds promise beside their windows: times, bounds, codes, what is kept. */
class FeedRulesTest {

    private static final Class<Integer> INT = Integer.class;

    /** Adds up what is in a window, outside. */
    private static final Node<Window<String, Integer>, Integer> SUM =
            Node.effect(
                    "sum",
                    Window.of(String.class, INT),
                    Type.of(INT),
                    Outside.TOKEN,
                    (outside, window, context) -> outside.call(context, window.content()));

    private final Outside outside = new Outside();

    @RegisterExtension
    final DurableBench bench = new DurableBench().capabilities(store -> Capabilities.of(outside));

    private static Flow<Integer, Integer> flow(
            String name,
            WindowShape shape,
            UnaryOperator<WindowDraft<Integer, String>> how,
            UnaryOperator<Node<Integer, Integer>> before) {
        return Flow.define(
                name,
                "1.0.0",
                INT,
                (g, in) -> {
                    Port<Integer> seen = g.then(in, before.apply(Outside.step("seen")));
                    return g.then(
                            how.apply(g.window(seen, shape))
                                    .fold("add", INT, () -> 0, Integer::sum),
                            SUM);
                });
    }

    private static Flow<Integer, Integer> plain(
            String name, WindowShape shape, UnaryOperator<WindowDraft<Integer, String>> how) {
        return Flow.define(
                name,
                "1.0.0",
                INT,
                (g, in) ->
                        g.then(
                                how.apply(g.window(in, shape))
                                        .fold("add", INT, () -> 0, Integer::sum),
                                SUM));
    }

    private static Flow<Integer, Integer> byEvent(String name) {
        return plain(name, WindowShape.tumbling(ofMillis(10)), it -> it.at(Integer::longValue));
    }

    private DurableFeed<Integer> feed(Flow<Integer, Integer> flow) {
        bench.deploying(flow);
        return bench.runtime().feed(flow, "feed");
    }

    private List<String> sums() {
        return bench.runtime().list(List.of(RunState.COMPLETED), 100).stream()
                .filter(it -> it.id().startsWith("feed-add-"))
                .map(it -> it.output().orElseThrow())
                .toList();
    }

    @Test
    void windowsByTheClockEndWhenItIsTimeAlsoInAnotherProcess() {
        Flow<Integer, Integer> flow =
                plain("clock", WindowShape.tumbling(ofMinutes(1)), WindowDraft::onClock);
        DurableFeed<Integer> feed = feed(flow);
        feed.offer(1);
        feed.offer(2);
        bench.advance(ofSeconds(59));
        assertEquals(List.of(), sums());
        bench.kill();
        bench.advance(ofSeconds(2)); // nobody offers and nobody asks for the feed
        assertEquals(List.of("3"), sums());
        bench.runtime().feed(flow, "feed").offer(4);
        bench.kill();
        bench.advance(ofMinutes(5));
        assertEquals(List.of("3", "4"), sums());
    }

    @Test
    void windowsByIngestGoByWhenAnInputCameHoweverLongItTook() {
        Flow<Integer, Integer> flow =
                flow(
                        "ingest",
                        WindowShape.tumbling(ofMinutes(1)),
                        it -> it.onIngest().outOfOrder(ofMinutes(10)),
                        seen -> seen.with(NodeOption.retry(3, ofMinutes(3))));
        outside.failing("seen", 1);
        DurableFeed<Integer> feed = feed(flow);
        feed.offer(1);
        bench.advance(ofSeconds(30));
        feed.offer(2);
        bench.advance(ofMinutes(5)); // the first was tried again meanwhile
        bench.kill();
        bench.runtime().feed(flow, "feed").offer(4);
        bench.settle();
        bench.runtime().feed(flow, "feed").finish();
        bench.settle();
        assertEquals(List.of("3", "4"), sums());
    }

    @Test
    void anInputWithAnIdIsTakenOnce() {
        DurableFeed<Integer> feed = feed(byEvent("ids"));
        assertTrue(feed.offer("a", 1));
        assertFalse(feed.offer("a", 1));
        bench.kill();
        DurableFeed<Integer> again = bench.runtime().feed(byEvent("ids"), "feed");
        assertFalse(again.offer("a", 1));
        assertTrue(again.offer("b", 2));
        again.finish();
        bench.settle();
        assertEquals(List.of("3"), sums());
    }

    @Test
    void anOfferInATransactionIsTakenWithItOrNotAtAll() {
        DurableFeed<Integer> feed = feed(byEvent("together"));
        assertThrows(
                IllegalStateException.class,
                () ->
                        bench.store()
                                .execute(tx -> {
                                    feed.offer(1);
                                    throw new IllegalStateException("no");
                                }));
        bench.store().execute(tx -> feed.offer(2));
        feed.finish();
        bench.settle();
        assertEquals(List.of("2"), sums());
    }

    @Test
    void aFullFeedRefusesAndTakesAgainWhenThereIsRoom() {
        Flow<Integer, Integer> flow = byEvent("full");
        bench.deploying(flow);
        DurableFeed<Integer> feed =
                bench.runtime().feed(flow, "feed", FeedBounds.DEFAULTS.inputs(2).runs(1));
        feed.offer(1);
        feed.offer(2);
        FeedException full = assertThrows(FeedException.class, () -> feed.offer(3));
        assertEquals(FeedFault.FULL, full.fault());
        assertTrue(full.getMessage().startsWith("[RUN041] feed 'feed' has 0 inputs"));
        bench.settle();
        feed.offer(3);
        bench.settle();
        for (int at = 10; at < 100; at += 10) { // each ends a window, and one runs at a time
            feed.offer(at);
            bench.settle();
        }
        feed.finish();
        bench.settle();
        assertEquals(10, sums().size());
        assertEquals(FeedView.State.FINISHED, feed.view().state());
    }

    @Test
    void moreItemsThanMayBeAreSetAsideAndShown() {
        Flow<Integer, Integer> flow = byEvent("items");
        bench.deploying(flow);
        DurableFeed<Integer> feed =
                bench.runtime().feed(flow, "feed", FeedBounds.DEFAULTS.items(2));
        feed.offer(1);
        feed.offer(2);
        feed.offer(3);
        bench.settle();
        List<SetAside> aside = feed.setAside(10);
        assertEquals(1, aside.size());
        assertEquals("RUN042", aside.get(0).code());
        assertEquals("3", aside.get(0).item());
        assertEquals(2, feed.view().items());
        feed.finish();
        bench.settle();
        assertEquals(List.of("3"), sums());
        feed.forgetSetAside();
        assertEquals(0, feed.view().setAside());
        assertEquals(List.of(), feed.setAside(10));
    }

    @Test
    void anItemBeyondABoundOfTheWindowsOrWithoutATimeIsSetAsideAndOthersGoOn() {
        Flow<Integer, Integer> flow =
                plain(
                        "odd",
                        WindowShape.tumbling(ofMillis(10)),
                        it ->
                                it.by(String.class, n -> "" + n % 3)
                                        .at(n -> {
                                            if (n == 7) {
                                                throw new IllegalStateException("no time");
                                            }
                                            return n;
                                        })
                                        .atMost(WindowBounds.DEFAULTS.keys(2)));
        DurableFeed<Integer> feed = feed(flow);
        for (int n : List.of(0, 1, 7, 2, 3, 4)) {
            feed.offer(n);
        }
        bench.settle();
        assertEquals(
                List.of("RUN042 7", "RUN130 2"),
                feed.setAside(10).stream().map(it -> it.code() + " " + it.item()).toList());
        bench.kill();
        bench.runtime().feed(flow, "feed").finish();
        bench.settle();
        assertEquals(List.of("3", "5"), sums());
    }

    @Test
    void aFailedInputBringsItsItemWhenItIsBegunAnew() {
        Flow<Integer, Integer> flow =
                flow(
                        "again",
                        WindowShape.tumbling(ofMillis(10)),
                        it -> it.at(Integer::longValue),
                        seen -> seen);
        outside.failing("seen", 1);
        DurableFeed<Integer> feed = feed(flow);
        feed.offer("one", 1);
        bench.settle();
        assertEquals(0, feed.view().inputs());
        assertEquals(RunState.FAILED, bench.runtime().find("feed-in-one").orElseThrow().state());
        bench.runtime().restart("feed-in-one");
        bench.settle();
        assertEquals(1, feed.view().items());
        bench.runtime().restart("feed-in-one"); // it was taken: not once more
        bench.settle();
        assertEquals(1, feed.view().items());
        feed.finish();
        bench.settle();
        assertEquals(List.of("1"), sums());
    }

    @Test
    void otherWindowsAreRefusedWhileItemsAreInThem() {
        DurableFeed<Integer> feed = feed(byEvent("shape"));
        feed.offer(1);
        bench.settle();
        Flow<Integer, Integer> other =
                plain("shape", WindowShape.tumbling(ofMillis(20)), it -> it.at(Integer::longValue));
        FeedException refused =
                assertThrows(FeedException.class, () -> bench.runtime().feed(other, "feed"));
        assertEquals(FeedFault.CHANGED, refused.fault());
        assertEquals("RUN043", refused.fault().code());
        feed.offer(100);
        bench.settle();
        assertEquals(
                JournalFault.ALREADY_EXISTS,
                assertThrows(
                                JournalException.class,
                                () -> bench.runtime().feed(byEvent("else"), "feed"))
                        .fault());
    }

    @Test
    void aFinishedFeedTakesNothingAndGoesAfterItsTime() {
        Flow<Integer, Integer> flow = byEvent("finished");
        DurableFeed<Integer> feed = feed(flow);
        assertThrows(JournalException.class, feed::delete);
        feed.offer(1);
        feed.finish();
        feed.finish();
        bench.settle();
        JournalException refused = assertThrows(JournalException.class, () -> feed.offer(2));
        assertEquals(JournalFault.WRONG_STATE, refused.fault());
        bench.advance(ofDays(29));
        assertEquals(1, bench.runtime().feeds().size());
        bench.advance(ofDays(2));
        assertEquals(List.of(), bench.runtime().feeds());
        DurableFeed<Integer> next = bench.runtime().feed(flow, "feed");
        next.offer(5);
        next.finish();
        bench.settle();
        next.delete();
        assertEquals(List.of(), bench.runtime().feeds());
    }

    @Test
    void flowsThatCannotBeCutAreRefused() {
        bench.deploying(byEvent("any"));
        for (Flow<Integer, Integer> flow : List.of(without(), past())) {
            FeedException refused =
                    assertThrows(FeedException.class, () -> bench.runtime().feed(flow, "feed"));
            assertEquals("RUN044", refused.fault().code(), refused.getMessage());
        }
        assertEquals(
                JournalFault.INVALID,
                assertThrows(
                                JournalException.class,
                                () -> bench.runtime().feed(byEvent("any"), "a b"))
                        .fault());
    }

    @Test
    void aPartitionBeforeTheWindowsLetsTheOneInputOfARunThrough() {
        DurableFeed<Integer> feed = feed(partitioned());
        feed.offer(1);
        feed.offer(2);
        feed.finish();
        bench.settle();
        assertEquals(List.of("3"), sums());
    }

    private static Flow<Integer, Integer> without() {
        return Flow.define("without", "1.0.0", INT, (g, in) -> g.then(in, Outside.step("a")));
    }

    private static Flow<Integer, Integer> past() {
        return Flow.define(
                "past",
                "1.0.0",
                INT,
                (g, in) -> {
                    Port<Integer> sums =
                            g.then(
                                    g.window(in, WindowShape.tumbling(ofMillis(10)))
                                            .at(Integer::longValue)
                                            .fold("add", INT, () -> 0, Integer::sum),
                                    SUM);
                    return g.join("both", in, sums, INT, Integer::sum);
                });
    }

    private static Flow<Integer, Integer> partitioned() {
        return Flow.define(
                "partitioned",
                "1.0.0",
                INT,
                (g, in) -> {
                    Port<Integer> even =
                            g.partition(in, Partition.by("even", n -> n % 2), Outside.step("a"));
                    return g.then(
                            g.window(even, WindowShape.tumbling(ofMillis(10)))
                                    .at(Integer::longValue)
                                    .fold("add", INT, () -> 0, Integer::sum),
                            SUM);
                });
    }
}
