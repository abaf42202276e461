package dev.flowir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRuntime;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.Waits;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.queue.Body;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueSettings;
import dev.flowir.queue.Redrives;
import dev.flowir.queue.Subscription;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs and dead letters of a store, seen from outside: while its application runs, and after. */
class StoreCommandsTest {

    /** Loaded by the command as a class. */
    public static final Flow<Integer, Integer> ASKING =
            Flow.define(
                    "asking",
                    "1.2.0",
                    Integer.class,
                    (g, in) ->
                            g.then(
                                    g.then(
                                            in,
                                            Node.pure(
                                                    "check",
                                                    Integer.class,
                                                    Integer.class,
                                                    StoreCommandsTest::checked)),
                                    Waits.signal(
                                            "ask",
                                            Integer.class,
                                            Integer.class,
                                            "answer",
                                            Duration.ofDays(1))));

    @TempDir Path folder;
    private Path file;
    private Store store;
    private DurableRuntime runs;
    private Broker broker;

    private static Integer checked(Integer n) {
        if (n < 0) {
            throw new IllegalArgumentException("nothing below zero: `0|1`");
        }
        return n;
    }

    @BeforeEach
    void open() {
        file = folder.resolve("app.db");
        store = Store.open(file, StoreOptions.defaults());
        runs = DurableRuntime.on(store).flows(ASKING).open();
        broker = Broker.sqlite(store, BrokerOptions.defaults());
    }

    @AfterEach
    void close() {
        runs.close();
        broker.close();
        store.close();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited 30 s");
            LockSupport.parkNanos(5_000_000);
        }
    }

    private void awaitState(String id, RunState state) {
        await(() -> runs.find(id).orElseThrow().state() == state);
    }

    private Shell runs(String... arguments) {
        return store("runs", arguments);
    }

    private Shell dlq(String... arguments) {
        return store("dlq", arguments);
    }

    private Shell store(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--store", file.toString()));
        return Shell.flow(all.toArray(String[]::new));
    }

    private void three() throws InterruptedException {
        runs.start(ASKING, "waits", 1);
        runs.start(ASKING, "answered", 2);
        runs.signal("answered", "answer", 7);
        runs.start(ASKING, "fails", -1).await();
        awaitState("answered", RunState.COMPLETED);
        awaitState("waits", RunState.WAITING);
    }

    @Test
    void runsAreListedWhileTheirApplicationRuns() throws Exception {
        three();
        Shell text = runs("list");
        assertEquals(0, text.exitCode(), text.err());
        List<String> lines = text.out().lines().toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(0).startsWith("waits "), text.out());
        assertTrue(lines.get(0).contains("  waiting     asking 1.2.0  "), text.out());
        assertTrue(lines.get(2).contains("nothing below zero: `0|1`"), text.out());
        Shell some = runs("list", "--state", "waiting,failed", "--format", "json");
        assertEquals(
                List.of("waits", "fails"),
                some.out().lines().map(line -> Json.read(line).get("id").text()).toList());
        assertEquals("", runs("list", "--flow", "other").out());
        Shell cut = runs("list", "--limit", "2");
        assertEquals(2, cut.out().lines().count());
        assertTrue(cut.err().contains("--limit"), cut.err());
    }

    @Test
    void whatIsCommittedLaterIsSeenByTheNextLook() throws Exception {
        runs.start(ASKING, "one", 1);
        assertEquals("waiting", Json.read(shown("one")).get("state").text());
        runs.signal("one", "answer", 9);
        awaitState("one", RunState.COMPLETED);
        Json over = Json.read(shown("one"));
        assertEquals("completed", over.get("state").text());
        assertEquals("9", over.get("output").text());
        assertFalse(over.has("failure"));
    }

    private String shown(String id) {
        await(() -> runs.find(id).orElseThrow().state() != RunState.RUNNING);
        Shell shell = runs("show", id, "--format", "json");
        assertEquals(0, shell.exitCode(), shell.err());
        return shell.out();
    }

    @Test
    void aRunIsShown() throws Exception {
        three();
        Shell shell = runs("show", "fails");
        assertEquals(0, shell.exitCode());
        assertTrue(shell.out().contains("state     failed"), shell.out());
        assertTrue(shell.out().contains("flow      asking 1.2.0"), shell.out());
        Shell none = runs("show", "nobody");
        assertEquals(1, none.exitCode());
        assertTrue(none.err().contains("DUR302 there is no run 'nobody'"), none.err());
    }

    @Test
    void aHistoryHasNumbersOrNames() throws Exception {
        three();
        Shell plain = runs("history", "answered");
        assertEquals(0, plain.exitCode(), plain.err());
        List<String> lines = plain.out().lines().toList();
        assertTrue(lines.get(0).contains("started -> node 2#1"), plain.out());
        assertTrue(lines.get(1).contains("signal 'answer'"), plain.out());
        Shell named =
                runs(
                        "history",
                        "answered",
                        "--names",
                        StoreCommandsTest.class.getName(),
                        "--format",
                        "json");
        Json first = Json.read(named.out().lines().findFirst().orElseThrow());
        assertEquals("ask#1", first.get("began").items().get(0).text());
        assertEquals("2", first.get("payload").text());
        assertEquals(1, runs("history", "nobody").exitCode());
    }

    @Test
    void row0126_aLedgerHasWhatARunRealized() throws Exception {
        three();
        Shell ledger = runs("ledger", "answered", "--names", StoreCommandsTest.class.getName());
        assertEquals(0, ledger.exitCode(), ledger.err());
        String page = ledger.out().replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>");
        assertEquals(
                """
                # Run answered

                | | |
                |---|---|
                | Flow | asking 1.2.0 |
                | State | completed |
                | Restarts | 0 |
                | Created | <time> |
                | Updated | <time> |
                | Output | `7` |

                | Record | At | What | Value | Led to |
                |---|---|---|---|---|
                | 1 | <time> | started | `2` | ask#1 |
                | 2 | <time> | signal 'answer' | `7` |  |
                """,
                page);
        String failed = runs("ledger", "fails").out();
        assertTrue(failed.contains("nothing below zero: `0\\|1`"), failed);
        assertTrue(failed.contains("| Failure | ``"), failed);
        Shell none = runs("ledger", "nobody");
        assertEquals(1, none.exitCode());
        assertTrue(none.err().contains("DUR302"), none.err());
    }

    @Test
    void aRecordThatWasTouchedIsNumbered() throws Exception {
        three();
        store.execute(tx ->
                tx.run(
                        "UPDATE flowir_durable_records SET bytes = X'0102030405060708'"
                                + " WHERE place = 1"));
        Shell shell = runs("history", "waits");
        assertEquals(1, shell.exitCode());
        assertTrue(shell.err().contains("DUR101 record 1"), shell.err());
    }

    @Test
    void whereThereIsNoStoreNoneIsMade() {
        Path absent = folder.resolve("absent.db");
        for (String[] command :
                List.of(
                        new String[] {"runs", "list"},
                        new String[] {"dlq", "list"},
                        new String[] {"dlq", "redrive", "dead"})) {
            List<String> all = new ArrayList<>(List.of(command));
            all.addAll(List.of("--store", absent.toString()));
            Shell shell = Shell.flow(all.toArray(String[]::new));
            assertEquals(2, shell.exitCode());
            assertTrue(shell.err().contains("STORE103"), shell.err());
            assertTrue(shell.err().contains("flow explain STORE103"), shell.err());
        }
        assertFalse(Files.exists(absent));
    }

    /** Two messages that were given up, for different reasons. */
    private void letters() {
        letters(List.of("lamp", "chair"));
    }

    private void letters(List<String> bodies) {
        broker.declare("dead", QueueSettings.defaults());
        broker.declare("work", QueueSettings.defaults().deadLetterQueue("dead"));
        bodies.forEach(body -> broker.sender("work", Scope.outside("test")).send(Body.text(body)));
        Subscription taking =
                broker.consume(
                        "test",
                        List.of("work"),
                        batch ->
                                batch.messages()
                                        .forEach(message ->
                                                message.giveUp(
                                                        new IllegalStateException(
                                                                "no " + message.body().text()))));
        try {
            await(() -> broker.admin("dead").metrics().backlogCount() == bodies.size());
        } finally {
            taking.close();
        }
    }

    @Test
    void deadLettersAreListedAndShownWhileTheirApplicationRuns() {
        letters();
        Shell all = dlq("list", "--format", "json");
        assertEquals(0, all.exitCode(), all.err());
        assertEquals(2, all.out().lines().count());
        Shell one = dlq("list", "dead", "--filter", "error=CHAIR", "--format", "json");
        Json letter = Json.read(one.out().strip());
        assertEquals("work", letter.get("from").text());
        assertTrue(letter.get("error").text().contains("no chair"));
        Shell shown = dlq("show", letter.get("id").text());
        assertTrue(shown.out().contains("body chair"), shown.out());
        assertTrue(shown.out().contains("attempt 1"), shown.out());
        assertEquals(1, dlq("show", "nobody").exitCode());
        assertEquals(2, dlq("list", "dead", "--filter", "colour=red").exitCode());
        Shell unknown = dlq("list", "nowhere");
        assertEquals(2, unknown.exitCode());
        assertTrue(unknown.err().contains("there is no queue 'nowhere'"), unknown.err());
    }

    @Test
    void anApplicationThatTakesNoRequestsIsNotRedriven() {
        letters();
        Shell refused = dlq("redrive", "dead");
        assertEquals(2, refused.exitCode());
        assertTrue(refused.err().contains("DUR309"), refused.err());
        runs.close();
        runs = DurableRuntime.on(store).flows(ASKING).admin().open();
        Shell other = dlq("redrive", "dead");
        assertEquals(2, other.exitCode());
        assertTrue(other.err().contains("DUR309"), other.err());
        assertTrue(other.err().contains("no requests about 'redrive'"), other.err());
        assertEquals(2, broker.admin("dead").metrics().backlogCount());
    }

    private void takeRequests() {
        runs.close();
        runs =
                DurableRuntime.on(store)
                        .flows(ASKING)
                        .admin(Redrives.TOPIC, Redrives.of(broker))
                        .open();
    }

    @Test
    void aRunningApplicationRedrivesWhatItIsAsked() {
        letters();
        takeRequests();
        Shell dry = dlq("redrive", "dead", "--dry-run", "--format", "json");
        assertEquals(0, dry.exitCode(), dry.err());
        assertEquals(2, Json.read(dry.out()).get("matched").number());
        assertEquals(0, Json.read(dry.out()).get("moved").number());
        Shell moved = dlq("redrive", "dead", "--filter", "error=lamp", "--token", "t");
        assertEquals(0, moved.exitCode(), moved.err());
        assertTrue(moved.out().startsWith("1 of 1 moved"), moved.out());
        assertEquals(1, broker.admin("work").metrics().backlogCount());
        assertEquals(1, broker.admin("dead").metrics().backlogCount());
        Shell nowhere = dlq("redrive", "nowhere");
        assertEquals(2, nowhere.exitCode());
        assertTrue(nowhere.err().contains("QUEUE10104"), nowhere.err());
        Shell rate = dlq("redrive", "dead", "--rate", "0");
        assertEquals(2, rate.exitCode());
        assertTrue(rate.err().contains("QUEUE110"), rate.err());
        Shell token = dlq("redrive", "work", "--token", "t");
        assertEquals(2, token.exitCode());
        assertTrue(token.err().contains("was used for another queue"), token.err());
    }

    @Test
    void aLongRedriveSaysHowFarItIs() {
        int letters = RedriveSteps.STEP + 20;
        letters(IntStream.range(0, letters).mapToObj(n -> "n" + n).toList());
        takeRequests();
        Shell seen =
                Shell.seen(
                        "dlq", "redrive", "dead", "--format", "json", "--store", file.toString());
        assertEquals(0, seen.exitCode(), seen.err());
        assertTrue(seen.err().contains("] 0 of 120"), seen.err());
        assertTrue(seen.err().contains("] 100 of 120"), seen.err());
        assertEquals(letters, Json.read(seen.out()).get("moved").number());
        assertEquals(100, Json.read(seen.out()).get("ids").items().size());
        assertEquals(letters, broker.admin("work").metrics().backlogCount());
        assertEquals(0, broker.admin("dead").metrics().backlogCount());
    }

    @Test
    void aRedriveOfAStoreThatNobodyHasIsDoneHere() {
        letters();
        close();
        Shell dry = dlq("redrive", "dead", "--filter", "error=lamp", "--dry-run");
        assertEquals(0, dry.exitCode(), dry.err());
        assertTrue(dry.out().contains("1 would be moved"), dry.out());
        Shell moved =
                dlq("redrive", "dead", "--filter", "error=lamp", "--rate", "5", "--format", "json");
        assertEquals(0, moved.exitCode(), moved.err());
        assertEquals(1, Json.read(moved.out()).get("moved").number());
        assertEquals(1, dlq("list", "--format", "json").out().lines().count());
        open();
        assertEquals(1, broker.admin("work").metrics().backlogCount());
    }
}
