package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableRuntime;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalRecord;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.Replay;
import dev.flowir.kernel.journal.RunState;
import dev.flowir.kv.KvNamespace;
import dev.flowir.kv.KvWriter;
import dev.flowir.wasm.DurableWorker.Address;
import dev.flowir.wasm.DurableWorker.Note;
import dev.flowir.wasm.DurableWorker.Order;
import dev.flowir.wasm.DurableWorker.Shipped;
import dev.flowir.wasm.build.Target;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in workerd that begin anew, from their input or from a node, as they do on a JVM. */
abstract class EdgeRestartSuite extends EdgeRelativesSuite {

    private static final String MAIN = "{\"street\":\"Main\"}";

    EdgeRestartSuite(Target target) {
        super(target);
    }

    private static Order order(String held) {
        return new Order(7, held, List.of());
    }

    private HttpResponse<String> restart(String run) throws Exception {
        HttpResponse<String> done = send("POST", "/operate/" + run + "/restart", "");
        assertEquals(202, done.statusCode(), done::body);
        return done;
    }

    private String await(String path, int generation, String state) throws Exception {
        String seen = await(path, state);
        assertTrue(seen.contains("\"generation\":" + generation + ","), seen);
        return seen;
    }

    private void awaitNote(String key, String value) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (!note(key).equals(value)) {
            assertTrue(System.nanoTime() < giveUp, () -> key + " is not " + value);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static void awaitState(DurableRuntime runtime, String run, RunState state) {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (runtime.find(run).filter(it -> it.state() == state).isEmpty()) {
            assertTrue(System.nanoTime() < giveUp, () -> String.valueOf(runtime.find(run)));
            LockSupport.parkNanos(10_000_000);
        }
    }

    private void ensureSame(Flow<?, ?> flow, String run, List<byte[]> jvm, String journals)
            throws Exception {
        ensureSame(pinned(flow), run, 2, jvm, journal(journals, run));
    }

    // ---- what is kept

    @Test
    void aRunThatIsOverBeginsAnewWithItsInputAndItsHistoryAndKeysAreThoseOfAJvm(
            @TempDir Path folder) throws Exception {
        begin("/orders", "anew", order(""));
        String first = await("/orders/anew", "COMPLETED");
        assertTrue(!first.contains("generation"), first);
        String before = note("anew.reserve.1.key");
        restart("anew");
        await("/orders/anew", 2, "COMPLETED");
        for (String step : List.of("reserve.1", "charge.1", "charge.2", "ship.1")) {
            assertEquals("2", note("anew." + step), step);
        }
        KvNamespace notes = KvNamespace.memory("NOTES");
        List<List<byte[]>> jvm =
                onJvm(
                        folder,
                        notes,
                        runtime -> {
                            runtime.start(DurableWorker.ORDER, "anew", order("")).await();
                            runtime.restart("anew");
                            awaitState(runtime, "anew", RunState.COMPLETED);
                        },
                        "anew");
        ensureSame(DurableWorker.ORDER, "anew", jvm.get(0), "/journals/");
        KvWriter noted = notes.handle(DurableWorker.NOTES, Scope.outside("test"));
        for (String step : List.of("reserve.1", "charge.1", "charge.2", "ship.1")) {
            String key = noted.get("anew." + step + ".key").orElseThrow().text();
            assertEquals(key, note("anew." + step + ".key"), step);
        }
        assertTrue(!before.equals(note("anew.reserve.1.key")), before);
    }

    @Test
    void aRunBeginsAnewFromANodeAndItsHistoryIsThatOfAJvm(@TempDir Path folder) throws Exception {
        begin("/orders", "from", order(""));
        await("/orders/from", "COMPLETED");
        HttpResponse<String> unknown = send("POST", "/operate/from/restart/nobody", "");
        assertEquals(409, unknown.statusCode(), unknown::body);
        assertTrue(unknown.body().contains("DUR303"), unknown::body);
        HttpResponse<String> done = send("POST", "/operate/from/restart/ship", "");
        assertEquals(202, done.statusCode(), done::body);
        await("/orders/from", 2, "COMPLETED");
        for (String step : List.of("reserve.1", "charge.1", "charge.2")) {
            assertEquals("1", note("from." + step), step);
        }
        assertEquals("2", note("from.ship.1"));
        List<List<byte[]>> jvm =
                onJvm(
                        folder,
                        KvNamespace.memory("NOTES"),
                        runtime -> {
                            runtime.start(DurableWorker.ORDER, "from", order("")).await();
                            runtime.restartFrom("from", "ship");
                            awaitState(runtime, "from", RunState.COMPLETED);
                        },
                        "from");
        ensureSame(DurableWorker.ORDER, "from", jvm.get(0), "/journals/");
    }

    @Test
    void onlyRunsThatAreThereBeginAnew() throws Exception {
        HttpResponse<String> nobody = send("POST", "/operate/nobody-anew/restart", "");
        assertEquals(404, nobody.statusCode(), nobody::body);
        assertTrue(nobody.body().contains("DUR302"), nobody::body);
        assertEquals(400, send("POST", "/operate/-x/restart", "").statusCode());
    }

    // ---- what is under way

    @Test
    void whatIsUnderWayNoLongerCounts() throws Exception {
        begin("/orders", "under-way", order("under-way"));
        awaitNote("under-way.charge.2", "1");
        restart("under-way");
        awaitNote("under-way.charge.2", "2");
        notes().made(new Note("under-way.go", "1")); // bodies of both generations end now
        String over = await("/orders/under-way", 2, "COMPLETED");
        assertTrue(over.contains("\"output\":{\"amount\":8,"), over);
        assertEquals("2", note("under-way.reserve.1"));
        assertEquals("1", note("under-way.ship.1"), "what was given up led to nothing");
    }

    @Test
    void aPausedRunThatBeginsAnewIsNotPaused() throws Exception {
        begin("/naps", "paused-anew", order(""));
        assertEquals(202, send("POST", "/operate/paused-anew/pause", "").statusCode());
        restart("paused-anew");
        await("/naps/paused-anew", 2, "COMPLETED");
        assertEquals("1", note("paused-anew.wake.1"));
    }

    // ---- what waits

    @Test
    void aRunThatSleepsBeginsAnewAndSleepsItsWholeTimeAndItsHistoryIsThatOfAJvm(
            @TempDir Path folder) throws Exception {
        begin("/naps", "slept-anew", order(""));
        await("/naps/slept-anew", "WAITING");
        restart("slept-anew");
        await("/naps/slept-anew", 2, "WAITING");
        kill();
        again();
        awaitNote("slept-anew.wake.1", "1"); // nobody asks the run: its alarm wakes it
        await("/naps/slept-anew", 2, "COMPLETED");
        List<byte[]> edge = journal("/journals/", "slept-anew");
        List<Entry> entries =
                read(pinned(DurableWorker.NAP), "slept-anew", 2, edge).stream()
                        .map(JournalRecord::entry)
                        .toList();
        long rung =
                entries.stream()
                        .filter(Entry.Timer.class::isInstance)
                        .findFirst()
                        .orElseThrow()
                        .atNanos();
        long slept = rung - entries.get(0).atNanos();
        assertTrue(slept >= Duration.ofSeconds(4).toNanos(), "slept " + slept + " ns");
        assertEquals("1", note("slept-anew.wake.1"), "the first generation's timer is gone");
        List<List<byte[]>> jvm =
                onJvm(
                        folder,
                        KvNamespace.memory("NOTES"),
                        runtime -> {
                            runtime.start(DurableWorker.NAP, "slept-anew", order(""));
                            awaitState(runtime, "slept-anew", RunState.WAITING);
                            runtime.restart("slept-anew");
                            awaitState(runtime, "slept-anew", RunState.COMPLETED);
                        },
                        "slept-anew");
        ensureSame(DurableWorker.NAP, "slept-anew", jvm.get(0), "/journals/");
    }

    @Test
    void aRunThatWaitsForASignalBeginsAnewAndWaitsForItAgain(@TempDir Path folder)
            throws Exception {
        begin("/addressed", "asked-anew", order(""));
        await("/addressed/asked-anew", "WAITING");
        HttpResponse<String> none = send("POST", "/operate/asked-anew/restart/ask", "");
        assertEquals(409, none.statusCode(), none::body);
        assertTrue(none.body().contains("DUR303"), none::body);
        restart("asked-anew");
        kill();
        again();
        HttpResponse<String> sent =
                send("POST", "/addressed/asked-anew/signals/address", MAIN); // the first who asks
        assertEquals(202, sent.statusCode(), sent::body);
        String over = await("/addressed/asked-anew", 2, "COMPLETED");
        assertTrue(over.contains("\"output\":" + MAIN), over);
        List<List<byte[]>> jvm =
                onJvm(
                        folder,
                        KvNamespace.memory("NOTES"),
                        runtime -> {
                            runtime.start(DurableWorker.ADDRESSED, "asked-anew", order(""));
                            awaitState(runtime, "asked-anew", RunState.WAITING);
                            runtime.restart("asked-anew");
                            runtime.signal("asked-anew", "address", new Address("Main"));
                            awaitState(runtime, "asked-anew", RunState.COMPLETED);
                        },
                        "asked-anew");
        ensureSame(DurableWorker.ADDRESSED, "asked-anew", jvm.get(0), "/journals/");
    }

    @Test
    void whatCameBeforeANodeIsKeptWhenARunBeginsAnewFromItAndElseIsNot(@TempDir Path folder)
            throws Exception {
        begin("/late", "came-early", order(""));
        await("/late/came-early", "WAITING");
        assertEquals(202, send("POST", "/late/came-early/signals/address", MAIN).statusCode());
        await("/late/came-early", "COMPLETED");
        assertEquals(202, send("POST", "/operate/came-early/restart/second", "").statusCode());
        String kept = await("/late/came-early", 2, "COMPLETED");
        assertTrue(kept.contains("\"output\":" + MAIN), kept);
        assertEquals("1", note("came-early.first.1"));
        assertEquals("2", note("came-early.second.1"));
        List<List<byte[]>> jvm =
                onJvm(
                        folder,
                        KvNamespace.memory("NOTES"),
                        runtime -> {
                            runtime.start(DurableRelatives.LATE, "came-early", order(""));
                            awaitState(runtime, "came-early", RunState.WAITING);
                            runtime.signal("came-early", "address", new Address("Main"));
                            awaitState(runtime, "came-early", RunState.COMPLETED);
                            runtime.restartFrom("came-early", "second");
                            awaitState(runtime, "came-early", RunState.COMPLETED);
                        },
                        "came-early");
        ensureSame(DurableRelatives.LATE, "came-early", jvm.get(0), "/journals/");

        restart("came-early");
        awaitNote("came-early.second.1", "3"); // its sleep is over again
        String waits = await("/late/came-early", 3, "WAITING");
        assertTrue(waits.contains("\"waitsFor\":[\"address\"]"), waits);
        restart("came-early"); // while it waits for what came before once
        awaitNote("came-early.second.1", "4");
        String other = "{\"street\":\"Other\"}";
        assertEquals(202, send("POST", "/late/came-early/signals/address", other).statusCode());
        String over = await("/late/came-early", 4, "COMPLETED");
        assertTrue(over.contains("\"output\":" + other), over);
    }

    /** Asks for a restart and kills workerd a while later; whether it was answered before. */
    private boolean killInRestart(String run, long afterNanos) throws Exception {
        assertEquals(200, send("GET", "/orders/" + run, "").statusCode());
        FutureTask<HttpResponse<String>> asked =
                new FutureTask<>(() -> send("POST", "/operate/" + run + "/restart", ""));
        Thread.ofVirtual().start(asked);
        LockSupport.parkNanos(afterNanos);
        kill();
        again();
        try {
            assertEquals(202, asked.get().statusCode());
            return true;
        } catch (ExecutionException lost) {
            assertInstanceOf(IOException.class, lost.getCause());
            return false;
        }
    }

    @Test
    void aKillInTheMiddleOfARestartLeavesOneGenerationWhole() throws Exception {
        begin("/orders", "torn", order("torn"));
        awaitNote("torn.charge.2", "1");
        int answered = 0;
        for (long millis : new long[] {3, 12, 60}) {
            answered += killInRestart("torn", millis * 1_000_000) ? 1 : 0;
        }
        notes().made(new Note("torn.go", "1"));
        String over = await("/orders/torn", "COMPLETED");
        assertTrue(over.contains("\"output\":{\"amount\":8,"), over);
        int generation =
                over.contains("\"generation\"")
                        ? Integer.parseInt(over.replaceAll(".*\"generation\":(\\d+).*", "$1"))
                        : 1;
        System.out.printf(
                "three restarts that were killed: %d written, %d answered%n",
                generation - 1, answered);
        assertTrue(generation - 1 >= answered && generation <= 4, over);
        PinnedFlow flow = pinned(DurableWorker.ORDER);
        List<Payload> records = journal("/journals/", "torn").stream().map(Payload::of).toList();
        Replay replayed = Replay.of(flow, "torn", generation, records);
        assertEquals(Optional.of(new Shipped(8, "shipped \u2603")), replayed.core().output());
        assertEquals("1", note("torn.ship.1"));
        restart("torn");
        await("/orders/torn", generation + 1, "COMPLETED");
    }

    // ---- others

    @Test
    void aRunThatBeginsAnewBeginsOthersAnewAndItsHistoryIsThatOfAJvm(@TempDir Path folder)
            throws Exception {
        begin("/parents", "again", new Order(1, "", List.of()));
        String child = child("again");
        await("/children/" + child, "WAITING");
        restart("again");
        await("/children/" + child + "-2", "WAITING");
        kill();
        again();
        await("/parents/again", 2, "COMPLETED");
        await("/children/" + child + "-2", "COMPLETED");
        await("/children/" + child, "COMPLETED");
        assertEquals("2", note("again.before.1"));
        assertEquals("1", note("again.after.1"));
        List<List<byte[]>> jvm =
                onJvm(
                        folder,
                        KvNamespace.memory("NOTES"),
                        runtime -> {
                            runtime.start(
                                    DurableRelatives.PARENT, "again", new Order(1, "", List.of()));
                            awaitState(runtime, child, RunState.WAITING);
                            runtime.restart("again");
                            awaitState(runtime, "again", RunState.COMPLETED);
                        },
                        "again");
        ensureSame(DurableRelatives.PARENT, "again", jvm.get(0), "/parent-journals/");
    }

    @Test
    void aRunThatBeginsAnewIsFoundByItsKeyAndTakesEachSignalOnce() throws Exception {
        begin("/keyed", "key-anew", order("key-anew"));
        await("/keyed/key-anew", "WAITING");
        restart("key-anew");
        await("/keyed/key-anew", 2, "WAITING");
        HttpResponse<String> sent = send("POST", "/parcels/address/key-anew", MAIN);
        assertEquals(202, sent.statusCode(), sent::body);
        await("/keyed/key-anew", 2, "COMPLETED");
        restart("key-anew");
        await("/keyed/key-anew", 3, "WAITING");
        String other = "{\"street\":\"Other\"}";
        HttpResponse<String> second = send("POST", "/parcels/address/key-anew", other);
        assertEquals(202, second.statusCode(), second::body);
        String over = await("/keyed/key-anew", 3, "COMPLETED");
        assertTrue(over.contains("\"output\":" + other), over);
    }

    @Test
    void eachGenerationThatFailsIsFollowedByARunOfItsOwn() throws Exception {
        begin("/doomed", "twice", order("it"));
        await("/doomed/twice", "FAILED");
        restart("twice"); // what follows the first may not have begun yet
        await("/doomed/twice", 2, "FAILED");
        await("/mourned/twice-failed", "COMPLETED");
        String second = await("/mourned/twice-2-failed", "COMPLETED");
        assertTrue(second.contains("\"run\":\"twice\",\"order\":{\"amount\":7"), second);
        assertEquals("1", note("twice-failed.mourn.1"));
        assertEquals("1", note("twice-2-failed.mourn.1"));
    }
}
