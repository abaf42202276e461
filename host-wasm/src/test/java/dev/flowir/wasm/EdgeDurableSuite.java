package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.DurableLimits;
import dev.flowir.durable.DurableRuntime;
import dev.flowir.durable.StoreJournal;
import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityModule;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalRecord;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RecordCodec;
import dev.flowir.kernel.journal.Replay;
import dev.flowir.kv.KvNamespace;
import dev.flowir.kv.KvWriter;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import dev.flowir.wasm.DurableWorker.Note;
import dev.flowir.wasm.DurableWorker.Order;
import dev.flowir.wasm.DurableWorker.Shipped;
import dev.flowir.wasm.build.Target;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Durable runs in workerd: journals are those of a JVM, and what was recorded is not repeated. */
abstract class EdgeDurableSuite extends EdgeSteeringSuite {

    EdgeDurableSuite(Target target) {
        super(target);
    }

    // ---- histories

    private List<byte[]> journal(String run) throws Exception {
        return journal("/journals/", run);
    }

    final List<byte[]> journal(String path, String run) throws Exception {
        HttpResponse<String> told = send("GET", path + run, "");
        assertEquals(200, told.statusCode(), told::body);
        return told.body().lines().map(line -> HexFormat.of().parseHex(line)).toList();
    }

    static PinnedFlow pinned(Flow<?, ?> flow) {
        return switch (PinnedFlow.of(
                flow,
                Capabilities.of(KvNamespace.memory("NOTES")),
                CapabilityModule.hints(HintTable.FULL, EdgeDurableSuite.class.getClassLoader()),
                JsonCodecs.strict(),
                Optional.empty())) {
            case PinnedFlow.Ready ready -> ready.flow();
            case PinnedFlow.Refused refused -> throw new AssertionError(refused.failure());
        };
    }

    static List<JournalRecord> read(PinnedFlow flow, String run, List<byte[]> records) {
        return read(flow, run, 1, records);
    }

    static List<JournalRecord> read(
            PinnedFlow flow, String run, int generation, List<byte[]> records) {
        RecordCodec codec = new RecordCodec(flow, run + "#" + generation);
        return records.stream().map(codec::read).toList();
    }

    /** The same thing at another time. */
    private static Entry at(long nanos, Entry entry) {
        return switch (entry) {
            case Entry.Started it ->
                    new Entry.Started(
                            nanos, it.input(), it.deadlineNanos(), it.maxSteps(), it.parent());
            case Entry.Completed it ->
                    new Entry.Completed(nanos, it.ticket(), it.node(), it.output());
            case Entry.Failed it -> new Entry.Failed(nanos, it.ticket(), it.node(), it.error());
            case Entry.Timer it -> new Entry.Timer(nanos, it.timer());
            case Entry.Signalled it -> new Entry.Signalled(nanos, it.name(), it.payload());
            case Entry.Lost it -> new Entry.Lost(nanos, it.ticket(), it.repeats());
            default -> throw new AssertionError("not in this history: " + entry);
        };
    }

    /** Records are the same byte by byte, but for their times. */
    static void ensureSame(PinnedFlow flow, String run, List<byte[]> jvm, List<byte[]> edge) {
        ensureSame(flow, run, 1, jvm, edge);
    }

    static void ensureSame(
            PinnedFlow flow, String run, int generation, List<byte[]> jvm, List<byte[]> edge) {
        List<JournalRecord> there = read(flow, run, generation, edge);
        List<JournalRecord> here = read(flow, run, generation, jvm);
        assertEquals(
                here.stream().map(it -> it.entry().getClass()).toList(),
                there.stream().map(it -> it.entry().getClass()).toList());
        RecordCodec codec = new RecordCodec(flow, run + "#" + generation);
        for (int i = 0; i < here.size(); i++) {
            Entry moved = at(here.get(i).entry().atNanos(), there.get(i).entry());
            assertArrayEquals(
                    jvm.get(i),
                    codec.write(new JournalRecord(moved, there.get(i).issued())),
                    "record " + (i + 1) + ": " + there.get(i));
        }
        System.out.printf("the same history: %d records, byte by byte%n", here.size());
    }

    private record OnJvm(List<byte[]> journal, KvNamespace notes) {}

    private static OnJvm onJvm(Path folder, String run, Order order) throws Exception {
        KvNamespace notes = KvNamespace.memory("NOTES");
        try (Store store = Store.open(folder.resolve("runs.db"), StoreOptions.defaults())) {
            StoreJournal journal = StoreJournal.open(store);
            try (DurableRuntime runtime =
                    DurableRuntime.on(journal).capabilities(Capabilities.of(notes)).open()) {
                Result<Shipped> result = runtime.start(DurableWorker.ORDER, run, order).await();
                assertEquals(new Result.Value<>(new Shipped(8, "shipped \u2603")), result);
                List<byte[]> records = new ArrayList<>();
                journal.read(tx -> {
                    tx.chain(tx.find(run).orElseThrow().tail())
                            .forEach(it -> records.add(it.bytes().bytes()));
                    return true;
                });
                return new OnJvm(records, notes);
            }
        }
    }

    @Test
    void theSameFlowHasTheSameHistoryAsOnAJvm(@TempDir Path folder) throws Exception {
        Order order = new Order(7, "", List.of("\u00e4pfel \u2603", "\"b\""));
        begin("/orders", "same", order);
        String seen = await("/orders/same", "COMPLETED");
        assertTrue(seen.contains("\"output\":{\"amount\":8,\"text\":\"shipped \u2603\"}"), seen);
        OnJvm jvm = onJvm(folder, "same", order);
        PinnedFlow flow = pinned(DurableWorker.ORDER);
        List<byte[]> edge = journal("same");
        Replay replayed = Replay.of(flow, "same", 1, edge.stream().map(Payload::of).toList());
        assertEquals(Optional.of(new Shipped(8, "shipped \u2603")), replayed.core().output());

        ensureSame(flow, "same", jvm.journal(), edge);

        KvWriter noted = jvm.notes().handle(DurableWorker.NOTES, Scope.outside("test"));
        for (String step : List.of("reserve.1", "charge.1", "charge.2", "ship.1")) {
            assertEquals("1", note("same." + step), step);
            String key = noted.get("same." + step + ".key").orElseThrow().text();
            assertEquals(key, note("same." + step + ".key"), step);
        }
    }

    @Test
    void aRunGoesOnAfterItsProcessWasKilledAndRepeatsNothingThatWasRecorded() throws Exception {
        begin("/orders", "kept", new Order(7, "kept", List.of()));
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (!note("kept.charge.2").equals("1")) {
            assertTrue(System.nanoTime() < giveUp);
            LockSupport.parkNanos(50_000_000);
        }
        kill();
        again();
        assertEquals("kept.go", notes().made(new Note("kept.go", "1")).key());
        await("/orders/kept", "COMPLETED");
        assertEquals("1", note("kept.reserve.1"));
        assertEquals("1", note("kept.charge.1"));
        assertEquals("1", note("kept.charge.2"));
        assertEquals("1", note("kept.charge.3"), "what was under way was lost, and repeated");
        assertEquals("1", note("kept.ship.1"));
        assertEquals(note("kept.charge.2.key"), note("kept.charge.3.key"));
        PinnedFlow flow = pinned(DurableWorker.ORDER);
        List<JournalRecord> records = read(flow, "kept", journal("kept"));
        assertEquals(1, records.stream().filter(it -> it.entry() instanceof Entry.Lost).count());
        kill();
        again();
        assertTrue(send("GET", "/orders/kept", "").body().contains("\"state\":\"COMPLETED\""));
    }

    @Test
    void aKillWhileItSleepsIsOnlyALongerSleep() throws Exception {
        begin("/orders", "slept", new Order(7, "", List.of()));
        await("/orders/slept", "WAITING");
        kill();
        again();
        await("/orders/slept", "COMPLETED");
        for (String step : List.of("reserve.1", "charge.1", "charge.2", "ship.1")) {
            assertEquals("1", note("slept." + step), step);
        }
    }

    @Test
    void aSleeperIsWokenByItsAlarmAlone() throws Exception {
        begin("/naps", "alone", new Order(7, "", List.of()));
        await("/naps/alone", "WAITING");
        kill();
        again();
        // nobody asks for the run from here on: notes are of a route that knows of no run
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (!note("alone.wake.1").equals("1")) {
            assertTrue(System.nanoTime() < giveUp, "nothing woke it");
            LockSupport.parkNanos(100_000_000);
        }
    }

    @Test
    void aRunThatFailedIsFollowedByAnotherOnceWhateverBecomesOfTheIsolate() throws Exception {
        begin("/doomed", "one", new Order(7, "it", List.of()));
        String failed = await("/doomed/one", "FAILED");
        assertTrue(failed.contains("it \u2603 is doomed"), failed);
        String mourned = await("/mourned/one-failed", "COMPLETED");
        assertTrue(mourned.contains("\"run\":\"one\",\"order\":{\"amount\":7"), mourned);
        assertTrue(mourned.contains("it \u2603 is doomed"), mourned);
        begin("/doomed", "asleep", new Order(8, "it", List.of()));
        kill();
        again();
        await("/mourned/asleep-failed", "COMPLETED");
        assertEquals("1", note("asleep-failed.mourn.1"));
        begin("/doomed", "ended", new Order(9, "it", List.of()));
        send("DELETE", "/doomed/ended", "");
        await("/doomed/ended", "TERMINATED");
        String ended = await("/mourned/ended-failed", "COMPLETED");
        assertTrue(ended.contains("asked for by a request"), ended);
        begin("/addressed", "unmourned", new Order(1, "", List.of()));
        send("DELETE", "/addressed/unmourned", "");
        await("/addressed/unmourned", "TERMINATED");
        assertEquals(404, send("GET", "/mourned/unmourned-failed", "").statusCode());
    }

    @Test
    void signalsAreKeptAndOthersRefused() throws Exception {
        begin("/addressed", "signalled", new Order(1, "", List.of()));
        String waits = await("/addressed/signalled", "WAITING");
        assertTrue(waits.contains("\"waitsFor\":[\"address\"]"), waits);
        String path = "/addressed/signalled/signals/";
        HttpResponse<String> other = send("POST", path + "other", "{\"street\":\"x\"}");
        assertEquals(400, other.statusCode());
        assertTrue(other.body().contains("DUR306"), other::body);
        HttpResponse<String> wrong = send("POST", path + "address", "{\"street\":1}");
        assertEquals(400, wrong.statusCode(), wrong::body);
        HttpResponse<String> sent = send("POST", path + "address", "{\"street\":\"Main\"}");
        assertEquals(202, sent.statusCode(), sent::body);
        String over = await("/addressed/signalled", "COMPLETED");
        assertTrue(over.contains("\"output\":{\"street\":\"Main\"}"), over);
        HttpResponse<String> late = send("POST", path + "address", "{\"street\":\"x\"}");
        assertEquals(409, late.statusCode(), late::body);
    }

    @Test
    void anIdIsOneRunAndWhatIsNoneIsRefused() throws Exception {
        begin("/addressed", "once", new Order(1, "", List.of()));
        begin("/addressed", "once", new Order(2, "", List.of()));
        HttpResponse<String> other =
                send(
                        "POST",
                        "/orders",
                        "{\"amount\":1,\"held\":\"\",\"lines\":[]}",
                        "idempotency-key",
                        "once");
        assertEquals(409, other.statusCode(), other::body);
        assertTrue(other.body().contains("DUR301"), other::body);
        assertEquals(404, send("GET", "/orders/nobody", "").statusCode());
        assertEquals(400, send("GET", "/orders/-x", "").statusCode());
        assertEquals(400, send("POST", "/orders", "{\"amount\":true}").statusCode());
        assertEquals(202, send("DELETE", "/addressed/once", "").statusCode());
        String ended = await("/addressed/once", "TERMINATED");
        assertTrue(ended.contains("asked for by a request"), ended);
    }

    @Test
    void whatNodesSendBeginsARunOnceAndNoRequestDoes() throws Exception {
        String order = "{\"amount\":%d,\"held\":\"%s\",\"lines\":[]}";
        for (int amount = 1; amount <= 2; amount++) {
            HttpResponse<String> sent =
                    send("POST", "/sendings", order.formatted(amount, "sent-1"));
            assertEquals(200, sent.statusCode(), sent::body);
        }
        String over = await("/sent/sent-1", "COMPLETED");
        assertTrue(over.contains("\"output\":{\"amount\":1,\"text\":\"sent-1\"}"), over);
        assertEquals("1", note("sent-1.ship-sent.1"));
        begin("/addressed", "other-flow", new Order(1, "", List.of()));
        for (String id : List.of("-x", "", "other-flow")) {
            HttpResponse<String> refused = send("POST", "/sendings", order.formatted(1, id));
            assertEquals(500, refused.statusCode(), refused::body);
        }
        assertEquals(404, send("POST", "/sent", order.formatted(1, "sent-2")).statusCode());
        assertEquals(405, send("DELETE", "/sent/sent-1", "").statusCode());
        assertEquals(404, send("GET", "/sent/sent-2", "").statusCode());
    }

    @Test
    void boundsAreThoseOfAJvmAndBothSidesOfThemAreMet() throws Exception {
        DurableLimits jvm = DurableLimits.defaults();
        assertEquals(jvm.maxPayloadBytes(), EdgeRunLimits.MAX_PAYLOAD_BYTES);
        assertEquals(jvm.maxSteps(), EdgeRunLimits.MAX_STEPS);
        assertEquals(jvm.lostAttempts(), EdgeRunLimits.LOST_ATTEMPTS);
        assertEquals(DurableLimits.MAX_ID_LENGTH, EdgeRunLimits.MAX_NAME_LENGTH);
        assertEquals(DurableLimits.MAX_SIGNAL_NAME_LENGTH, EdgeRunLimits.MAX_NAME_LENGTH);
        String longest = "r".repeat(EdgeRunLimits.MAX_NAME_LENGTH);
        begin("/addressed", longest, new Order(1, "", List.of()));
        assertEquals(400, send("GET", "/addressed/" + longest + "r", "").statusCode());
        String path = "/addressed/" + longest + "/signals/address";
        String around = "{\"street\":\"\"}";
        int room = EdgeRunLimits.MAX_PAYLOAD_BYTES - around.length();
        String large = "{\"street\":\"" + "s".repeat(room + 1) + "\"}";
        HttpResponse<String> refused = send("POST", path, large);
        assertEquals(413, refused.statusCode(), refused::body);
        String fits = "{\"street\":\"" + "s".repeat(room) + "\"}";
        HttpResponse<String> taken = send("POST", path, fits);
        assertEquals(202, taken.statusCode(), taken::body);
    }
}
