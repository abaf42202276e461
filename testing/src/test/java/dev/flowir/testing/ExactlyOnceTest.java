package dev.flowir.testing;

import static dev.flowir.ir.NodeOption.exactlyOnce;
import static dev.flowir.ir.NodeOption.idempotent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.Dedupe;
import dev.flowir.durable.DedupeProvider;
import dev.flowir.durable.DurableRun;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.FlowFailedException;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import dev.flowir.sql.Sql;
import dev.flowir.sql.SqlProvider;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Exactly once outside of the store: kept, or refused by its code; never weakened. */
class ExactlyOnceTest {

    record Order(String id, int amount) {}

    private static final Node<Order, Integer> CHARGE =
            Node.effect(
                            "charge",
                            Order.class,
                            Integer.class,
                            Dedupe.in("charges"),
                            Bank.TOKEN,
                            (dedupe, bank, order, context) -> {
                                int charged =
                                        dedupe.once(
                                                Integer.class,
                                                claim -> bank.charge(claim, order.amount()));
                                bank.charged();
                                return charged;
                            })
                    .with(idempotent("{id}", Duration.ofDays(1)), exactlyOnce());

    private static final Flow<Order, Integer> PAY = of(CHARGE);
    private static final Order ORDER = new Order("o-7", 5);

    private static Flow<Order, Integer> of(Node<Order, Integer> node) {
        return Flow.define("pay", "1.0.0", Order.class, (g, in) -> g.then(in, node));
    }

    private static Function<Store, Capabilities> with(Bank bank) {
        return store -> Capabilities.of(bank, DedupeProvider.on("charges", store));
    }

    private static String refused(Flow<Order, Integer> flow, Function<Store, Capabilities> with) {
        try (DurableBench bench = new DurableBench(flow).capabilities(with)) {
            FlowFailedException refused =
                    assertThrows(FlowFailedException.class, bench::runtime, "it was accepted");
            return refused.failure().code() + " " + refused.getMessage();
        }
    }

    @Test
    void exact001_aSideThatDoesNotRecogniseKeysIsRefusedBeforeAnythingRuns() {
        Bank bank = new Bank(false);
        String why = refused(PAY, with(bank));
        assertTrue(why.startsWith("EXACT001 "), why);
        assertTrue(why.contains("edge trigger -> charge") && why.contains("bank.test"), why);
        assertEquals(List.of(), bank.calls());
    }

    @Test
    void exact004_aWriteIntoTheStoreThatIsNotInTheRecordsTransactionIsRefused() {
        Node<Order, Integer> both =
                Node.effect(
                                "both",
                                Order.class,
                                Integer.class,
                                Dedupe.in("charges"),
                                Bank.TOKEN,
                                Sql.writer("shop"),
                                (dedupe, bank, sql, order, context) -> 1)
                        .with(idempotent("{id}", Duration.ofDays(1)), exactlyOnce());
        String why =
                refused(
                        of(both),
                        store ->
                                Capabilities.of(
                                        new Bank(true),
                                        DedupeProvider.on("charges", store),
                                        SqlProvider.on("shop", store)));
        assertTrue(why.startsWith("EXACT004 "), why);
    }

    @Test
    void exact005_keysThatAreForgottenTooSoonAreRefused() {
        Function<Store, Capabilities> hours =
                store ->
                        Capabilities.of(
                                new Bank(true),
                                DedupeProvider.on("charges", store).keeping(Duration.ofHours(23)));
        String why = refused(PAY, hours);
        assertTrue(why.startsWith("EXACT005 "), why);
    }

    @Test
    void exact006_anInputWithoutTheFieldOfTheKeyFailsItsNodeOnce() {
        Bank bank = new Bank(true);
        Node<Order, Integer> keyless =
                CHARGE.named("keyless").with(idempotent("{order}", Duration.ofDays(1)));
        Flow<Order, Integer> flow = of(keyless);
        try (DurableBench bench = new DurableBench(flow).capabilities(with(bank))) {
            Result<Integer> result = bench.result(bench.runtime().start(flow, "run", ORDER));
            assertTrue(result.toString().contains("[EXACT006]"), result::toString);
            assertEquals(List.of(), bank.calls());
        }
    }

    @Test
    void itIsKeptWhereverTheProcessEnds() {
        int tries =
                FlowTest.of(PAY, ORDER)
                        .in(() -> {
                            Bank bank = new Bank(true);
                            return new FlowTest.World(with(bank), store -> bank.moved());
                        })
                        .sweep();
        assertTrue(tries > 4, "tries: " + tries);
    }

    @Test
    void aProcessThatEndsInsideTheEffectIsToldToTheNextAttemptWithTheSameKey() {
        Bank bank = new Bank(true);
        try (DurableBench bench = new DurableBench(PAY).capabilities(with(bank))) {
            bank.onCharge(() -> {
                bench.kill();
                throw new IllegalStateException("the process is gone");
            });
            bench.runtime().start(PAY, "run", ORDER);
            bench.settle();
            assertEquals(
                    new Result.Value<>(5), bench.result(bench.runtime().start(PAY, "run", ORDER)));
            assertEquals(List.of("first", "again"), bank.calls());
            assertEquals(5, bank.moved());
        }
    }

    @Test
    void aProcessThatEndsBetweenTheOutcomeAndItsRecordDoesNothingTwice() {
        Bank bank = new Bank(true);
        try (DurableBench bench = new DurableBench(PAY).capabilities(with(bank))) {
            bank.afterCharge(bench::kill);
            bench.runtime().start(PAY, "run", ORDER);
            bench.settle();
            assertEquals(
                    new Result.Value<>(5), bench.result(bench.runtime().start(PAY, "run", ORDER)));
            assertEquals(List.of("first"), bank.calls());
        }
    }

    @Test
    void twoRunsWithTheSameFieldsAreOneEffectUntilTheKeyIsForgotten() {
        Bank bank = new Bank(true);
        try (DurableBench bench = new DurableBench(PAY).capabilities(with(bank))) {
            List<Integer> given = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                DurableRun<Integer> run =
                        bench.runtime().start(PAY, "run-" + i, new Order("o-7", 5 + i));
                given.add(value(bench.result(run)));
            }
            assertEquals(List.of(5, 5, 5), given);
            bench.result(bench.runtime().start(PAY, "other", new Order("o-8", 1)));
            bench.advance(DedupeProvider.DEFAULT_KEPT.minusMillis(1));
            bench.result(bench.runtime().start(PAY, "late", ORDER));
            assertEquals(List.of("first", "first"), bank.calls());
            bench.advance(Duration.ofMillis(1));
            bench.result(bench.runtime().start(PAY, "later", ORDER));
            assertEquals(List.of("first", "first", "first"), bank.calls());
        }
    }

    private static int value(Result<Integer> result) {
        return switch (result) {
            case Result.Value<Integer> it -> it.value();
            case Result.Failed<Integer> it -> throw new AssertionError(it.toString());
        };
    }

    @Test
    void inOneStoreKeyRecordAndRowsAreOneTransaction() {
        Node<Order, Integer> book =
                Node.effect(
                                "book",
                                Order.class,
                                Integer.class,
                                Dedupe.in("charges"),
                                Sql.writer("shop"),
                                (dedupe, sql, order, context) ->
                                        dedupe.once(
                                                Integer.class,
                                                claim -> {
                                                    sql.run(
                                                            "INSERT INTO booked VALUES (?)",
                                                            order.amount());
                                                    return order.amount();
                                                }))
                        .with(idempotent("{id}", Duration.ofDays(1)), exactlyOnce());
        FlowTest.of(of(book), ORDER)
                .capabilities(store -> {
                    store.execute(tx -> tx.run("CREATE TABLE booked (n INTEGER)"));
                    return Capabilities.of(
                            SqlProvider.on("shop", store), DedupeProvider.on("charges", store));
                })
                .observing(store ->
                        store.read(tx ->
                                tx.query(
                                        "SELECT n, (SELECT count(*) FROM flowir_dedupe_keys WHERE"
                                                + " outcome IS NOT NULL) FROM booked",
                                        row -> row.getInt(1) + " " + row.getInt(2))))
                .sweep();
    }

    private static Dedupe handle(DedupeProvider provider, String run, Fence fence) {
        return provider.handle(
                Dedupe.in("charges"), new Scope("pay", run, "charge", 1, "key", fence));
    }

    @Test
    void anAttemptThatWasGivenUpCannotSayThatItIsDone() throws Exception {
        try (Store store = Store.inMemory(StoreOptions.defaults())) {
            DedupeProvider provider = DedupeProvider.on("charges", store);
            AtomicBoolean current = new AtomicBoolean(true);
            Dedupe late = handle(provider, "a", current::get);
            assertThrows(
                    StaleAttemptException.class,
                    () ->
                            late.once(
                                    String.class,
                                    claim -> {
                                        current.set(false);
                                        return "late";
                                    }));
            Dedupe next = handle(provider, "a", Fence.open());
            assertEquals("next", next.once(String.class, claim -> "next"));
            assertThrows(
                    IllegalStateException.class, () -> next.once(String.class, claim -> "more"));
        }
    }

    @Test
    void ofManyAtOnceOneDoesItAndAllGetWhatItGave() throws Exception {
        try (Store store = Store.inMemory(StoreOptions.defaults());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            DedupeProvider provider = DedupeProvider.on("charges", store);
            AtomicInteger effects = new AtomicInteger();
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Dedupe mine = handle(provider, "run-" + i, Fence.open());
                answers.add(
                        threads.submit(() ->
                                mine.once(Integer.class, claim -> effects.incrementAndGet())));
            }
            for (Future<Integer> answer : answers) {
                assertEquals(1, answer.get());
            }
            assertEquals(1, effects.get());
        }
    }
}
