package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableLimits;
import dev.flowir.durable.DurableRun;
import dev.flowir.durable.DurableRuntime;
import dev.flowir.durable.StoreJournal;
import dev.flowir.ir.Flow;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalRecord;
import dev.flowir.kv.KvNamespace;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import dev.flowir.wasm.DurableWorker.Address;
import dev.flowir.wasm.DurableWorker.Order;
import dev.flowir.wasm.build.Target;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that do steps of other runs, and runs that are found by a key, in workerd. */
abstract class EdgeRelativesSuite extends EdgeDurableSuite {

    private static final String MAIN = "{\"street\":\"Main\"}";

    EdgeRelativesSuite(Target target) {
        super(target);
    }

    private static Order order(int amount, String held) {
        return new Order(amount, held, List.of());
    }

    /** What is done with a runtime of a JVM. */
    interface Work {
        void on(DurableRuntime runtime) throws Exception;
    }

    private static List<List<byte[]>> onJvm(Path folder, Work work, String... runs)
            throws Exception {
        return onJvm(folder, KvNamespace.memory("NOTES"), work, runs);
    }

    static List<List<byte[]>> onJvm(Path folder, KvNamespace notes, Work work, String... runs)
            throws Exception {
        try (Store store = Store.open(folder.resolve("runs.db"), StoreOptions.defaults())) {
            StoreJournal journal = StoreJournal.open(store);
            try (DurableRuntime runtime =
                    DurableRuntime.on(journal).capabilities(Capabilities.of(notes)).open()) {
                work.on(runtime);
                List<List<byte[]>> all = new ArrayList<>();
                for (String run : runs) {
                    List<byte[]> records = new ArrayList<>();
                    journal.read(tx -> {
                        tx.chain(tx.find(run).orElseThrow().tail())
                                .forEach(it -> records.add(it.bytes().bytes()));
                        return true;
                    });
                    all.add(records);
                }
                return all;
            }
        }
    }

    private void ensureSame(Flow<?, ?> flow, String run, List<byte[]> jvm, String journals)
            throws Exception {
        ensureSame(pinned(flow), run, jvm, journal(journals, run));
    }

    // ---- runs of runs

    static String child(String parent) {
        return parent + "-bring-up-926e21816e6c723f"; // the item follows from the flow
    }

    @Test
    void aRunThatDoesAStepOfAnotherGoesOnAfterAKillAndBothHistoriesAreThoseOfAJvm(
            @TempDir Path folder) throws Exception {
        begin("/parents", "family", order(1, ""));
        String id = child("family");
        await("/children/" + id, "WAITING");
        assertTrue(send("GET", "/parents/family", "").body().contains("\"WAITING\""));
        kill();
        again();
        // nobody asks for the child: its alarm alone wakes it, and it alone wakes its parent
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (!note("family.after.1").equals("1")) {
            assertTrue(System.nanoTime() < giveUp, "nothing woke it");
            LockSupport.parkNanos(100_000_000);
        }
        String over = await("/parents/family", "COMPLETED");
        assertTrue(over.contains("\"output\":{\"amount\":5,"), over);
        for (String step : List.of("family.before", id + ".grow", id + ".leave-home")) {
            assertEquals("1", note(step + ".1"), step);
        }
        List<List<byte[]>> jvm =
                onJvm(
                        folder,
                        runtime ->
                                assertEquals(
                                        new Result.Value<>(order(5, "")),
                                        runtime.start(
                                                        DurableRelatives.PARENT,
                                                        "family",
                                                        order(1, ""))
                                                .await()),
                        "family",
                        id);
        ensureSame(DurableRelatives.PARENT, "family", jvm.get(0), "/parent-journals/");
        ensureSame(DurableRelatives.CHILD, id, jvm.get(1), "/child-journals/");
    }

    @Test
    void aRunWhoseChildFailsFailsAsOnAJvm(@TempDir Path folder) throws Exception {
        begin("/parents", "doomed-family", order(1, "grow"));
        String failed = await("/parents/doomed-family", "FAILED");
        List<String> why = new ArrayList<>();
        onJvm(
                folder,
                runtime -> {
                    DurableRun<Order> run =
                            runtime.start(
                                    DurableRelatives.PARENT, "doomed-family", order(1, "grow"));
                    Result.Failed<?> it = assertInstanceOf(Result.Failed.class, run.await());
                    why.add(it.failure().message());
                },
                "doomed-family");
        // an isolate does not know where a node stands in its source
        String expected = why.get(0).replaceAll("\\([\\w.]+:\\d+\\)", "(unknown:0)");
        assertTrue(failed.contains(expected), failed + "\n" + why);
        assertTrue(failed.contains("run '" + child("doomed-family") + "' failed: ["), failed);
        await("/children/" + child("doomed-family"), "FAILED");
        assertEquals("0", note("doomed-family.after.1"));
    }

    @Test
    void theChildOfARunThatWasEndedIsEndedAlsoAfterAKill() throws Exception {
        begin("/parents", "ended-family", order(1, ""));
        String id = child("ended-family");
        await("/children/" + id, "WAITING");
        send("DELETE", "/parents/ended-family", "");
        kill();
        again();
        String ended = await("/children/" + id, "TERMINATED");
        assertTrue(ended.contains("the run that began it is over"), ended);
        assertEquals("0", note(id + ".leave-home.1"));
    }

    @Test
    void aStepWhoseIdIsTakenByAnotherFlowFails() throws Exception {
        begin("/addressed", child("cuckoo"), order(1, ""));
        begin("/parents", "cuckoo", order(1, ""));
        String failed = await("/parents/cuckoo", "FAILED");
        assertTrue(failed.contains("DUR301"), failed);
    }

    @Test
    void longIdsOfChildrenAreThoseOfAJvm() throws Exception {
        String parent = "p".repeat(EdgeRunLimits.MAX_NAME_LENGTH);
        begin("/parents", parent, order(1, ""));
        String id = "child-" + UUID.nameUUIDFromBytes(child(parent).getBytes(UTF_8));
        await("/children/" + id, "COMPLETED");
        await("/parents/" + parent, "COMPLETED");
    }

    // ---- signals to a key

    private HttpResponse<String> parcel(String key) throws Exception {
        return send("POST", "/parcels/address/" + key, MAIN);
    }

    @Test
    void aSignalFindsTheRunThatWaitsForItsKeyAlsoAfterAKillAndTheHistoryIsThatOfAJvm(
            @TempDir Path folder) throws Exception {
        begin("/keyed", "by-key", order(1, "parcel-1"));
        await("/keyed/by-key", "WAITING");
        kill();
        again();
        // which of the two comes first, the word that it waits or the signal, does not matter
        HttpResponse<String> sent = parcel("parcel-1");
        assertEquals(202, sent.statusCode(), sent::body);
        String over = await("/keyed/by-key", "COMPLETED");
        assertTrue(over.contains("\"output\":" + MAIN), over);
        List<List<byte[]>> jvm =
                onJvm(
                        folder,
                        runtime -> {
                            DurableRun<Address> run =
                                    runtime.start(
                                            DurableRelatives.KEYED, "by-key", order(1, "parcel-1"));
                            runtime.correlate(
                                    DurableRelatives.KEYED,
                                    "address",
                                    "parcel-1",
                                    new Address("Main"));
                            assertEquals(new Result.Value<>(new Address("Main")), run.await());
                        },
                        "by-key");
        ensureSame(DurableRelatives.KEYED, "by-key", jvm.get(0), "/keyed-journals/");
    }

    @Test
    void anEarlySignalIsKeptForWhoWillWaitAndASecondOneIsRefused() throws Exception {
        HttpResponse<String> early = parcel("early");
        assertEquals(202, early.statusCode(), early::body);
        assertEquals("{}", early.body());
        kill();
        again();
        HttpResponse<String> second = parcel("early");
        assertEquals(409, second.statusCode(), second::body);
        assertTrue(second.body().contains("DUR312"), second::body);
        begin("/keyed", "other-key", order(1, "another"));
        begin("/keyed", "late-comer", order(1, "early"));
        await("/keyed/late-comer", "COMPLETED");
        await("/keyed/other-key", "WAITING");
        // the same key again: each signal is taken once
        begin("/keyed", "late-comer-2", order(1, "early"));
        await("/keyed/late-comer-2", "WAITING");
        HttpResponse<String> sent = parcel("early");
        assertEquals(202, sent.statusCode(), sent::body);
        await("/keyed/late-comer-2", "COMPLETED");
        List<JournalRecord> records =
                read(
                        pinned(DurableRelatives.KEYED),
                        "late-comer",
                        journal("/keyed-journals/", "late-comer"));
        assertEquals(
                1, records.stream().filter(it -> it.entry() instanceof Entry.Signalled).count());
    }

    @Test
    void aSignalThatTwoRunsWaitForIsRefusedUntilOneOfThemIsOver() throws Exception {
        begin("/keyed", "twin-1", order(1, "twins"));
        begin("/keyed", "twin-2", order(1, "twins"));
        await("/keyed/twin-1", "WAITING");
        await("/keyed/twin-2", "WAITING");
        HttpResponse<String> refused = parcel("twins");
        assertEquals(409, refused.statusCode(), refused::body);
        assertTrue(refused.body().contains("DUR311"), refused::body);
        send("DELETE", "/keyed/twin-1", "");
        HttpResponse<String> taken = parcel("twins");
        assertEquals(202, taken.statusCode(), taken::body);
        await("/keyed/twin-2", "COMPLETED");
    }

    @Test
    void whatIsNoSignalToAKeyIsRefused() throws Exception {
        String longest = "k".repeat(256);
        HttpResponse<String> fits = parcel(longest);
        assertEquals(202, fits.statusCode(), fits::body);
        HttpResponse<String> tooLong = parcel(longest + "k");
        assertEquals(400, tooLong.statusCode(), tooLong::body);
        assertTrue(tooLong.body().contains("DUR306"), tooLong::body);
        HttpResponse<String> unknown = send("POST", "/parcels/other/x", MAIN);
        assertEquals(400, unknown.statusCode(), unknown::body);
        assertTrue(unknown.body().contains("'other' with a key"), unknown::body);
        assertEquals(400, send("POST", "/parcels/a.b/x", MAIN).statusCode());
        assertEquals(400, send("POST", "/parcels/address/x", "{\"street\":1}").statusCode());
        begin("/keyed", "no-key", order(1, "p"));
        HttpResponse<String> toRun = send("POST", "/keyed/no-key/signals/address", MAIN);
        assertEquals(400, toRun.statusCode(), toRun::body);
        assertTrue(toRun.body().contains("'address' without a key"), toRun::body);
        assertEquals(DurableLimits.defaults().retention().toMillis(), EdgeRunLimits.KEPT_MILLIS);
    }
}
