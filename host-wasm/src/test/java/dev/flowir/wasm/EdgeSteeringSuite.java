package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.HintTable;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.CapabilityModule;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;
import dev.flowir.kernel.journal.RecordCodec;
import dev.flowir.kernel.journal.Replay;
import dev.flowir.kv.KvNamespace;
import dev.flowir.wasm.DurableWorker.Order;
import dev.flowir.wasm.build.Target;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What people do to durable runs in workerd: answer, pause, end, undo; and when runs are gone. */
abstract class EdgeSteeringSuite extends EdgeRunScene {

    private static final Order ORDER = new Order(7, "", List.of());

    EdgeSteeringSuite(Target target) {
        super(target);
    }

    private HttpResponse<String> answer(String run, String node, String answer, String by)
            throws Exception {
        return send(
                "POST",
                "/asked/" + run + "/answers/" + node,
                "{\"answer\":\"" + answer + "\",\"by\":\"" + by + "\"}");
    }

    /** Asks until the chief is asked, which is when the clerk's second is over. */
    private String awaitChief(String run) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            String seen = send("GET", "/asked/" + run, "").body();
            if (seen.contains("\"asks\":{\"chief\":[\"YES\",\"NO\",\"LATER\"]}")) {
                return seen;
            }
            assertTrue(System.nanoTime() < giveUp, seen);
            LockSupport.parkNanos(50_000_000);
        }
    }

    @Test
    void aPersonsAnswerEndsAWaitAndTheFirstOneCounts() throws Exception {
        begin("/asked", "person", ORDER);
        assertTrue(awaitChief("person").contains("\"state\":\"WAITING\""));
        assertEquals(400, answer("person", "chief", "MAYBE", "ann").statusCode());
        assertEquals(400, answer("person", "chief", "YES", " ").statusCode());
        assertEquals(400, answer("person", "chief", "YES", "a".repeat(257)).statusCode());
        HttpResponse<String> noNode = answer("person", "boss", "YES", "ann");
        assertEquals(400, noNode.statusCode());
        assertTrue(noNode.body().contains("DUR306"), noNode::body);
        HttpResponse<String> late = answer("person", "clerk", "YES", "bob");
        assertEquals(409, late.statusCode(), late::body);
        assertTrue(late.body().contains("DUR308"), late::body);
        assertEquals(
                400,
                send("POST", "/asked/person/answers/chief", "{\"answer\":\"YES\"}").statusCode());
        kill();
        again();
        HttpResponse<String> said = answer("person", "chief", "NO", "a".repeat(256));
        assertEquals(202, said.statusCode(), said::body);
        String over = await("/asked/person", "COMPLETED");
        assertTrue(over.contains("\"output\":\"NO\""), over);
        assertEquals(409, answer("person", "chief", "YES", "eve").statusCode());
    }

    @Test
    void aPausedRunStandsStillAlsoWhenItsProcessIsKilled() throws Exception {
        begin("/addressed", "stands", ORDER);
        await("/addressed/stands", "WAITING");
        assertEquals(202, send("POST", "/operate/stands/pause", "").statusCode());
        HttpResponse<String> sent =
                send("POST", "/addressed/stands/signals/address", "{\"street\":\"Main\"}");
        assertEquals(202, sent.statusCode(), sent::body);
        kill();
        again();
        assertTrue(send("GET", "/addressed/stands", "").body().contains("\"PAUSED\""));
        HttpResponse<String> resumed = send("POST", "/operate/stands/resume", "");
        assertEquals(202, resumed.statusCode(), resumed::body);
        String over = await("/addressed/stands", "COMPLETED");
        assertTrue(over.contains("\"output\":{\"street\":\"Main\"}"), over);
        assertEquals(409, send("POST", "/operate/stands/pause", "").statusCode());
    }

    @Test
    void aSleepIsAsMuchLongerAsItsRunWasPaused() throws Exception {
        begin("/naps", "long-nap", ORDER);
        assertEquals(202, send("POST", "/operate/long-nap/pause", "").statusCode());
        long paused = System.nanoTime();
        // longer than the nap of four seconds
        while (System.nanoTime() < paused + 5_000_000_000L) {
            LockSupport.parkNanos(200_000_000);
            assertTrue(send("GET", "/naps/long-nap", "").body().contains("\"PAUSED\""));
        }
        assertEquals("0", note("long-nap.wake.1"));
        long resumed = System.nanoTime();
        assertEquals(202, send("POST", "/operate/long-nap/resume", "").statusCode());
        assertEquals(202, send("POST", "/operate/long-nap/resume", "").statusCode());
        await("/naps/long-nap", "COMPLETED");
        assertTrue(System.nanoTime() - resumed > 1_000_000_000L, "it slept the rest");
        assertEquals("1", note("long-nap.wake.1"));
    }

    @Test
    void whatAFailedRunDidIsUndone() throws Exception {
        begin("/taken", "spoils", ORDER);
        await("/taken/spoils", "WAITING");
        assertEquals("0", note("spoils.put-back.1"));
        send("POST", "/taken/spoils/signals/go", "{\"street\":\"Main\"}");
        String over = await("/taken/spoils", "FAILED");
        assertTrue(over.contains("undone: take"), over);
        assertEquals("1", note("spoils.take.1"));
        assertEquals("1", note("spoils.put-back.1"));
    }

    @Test
    void whoEndsARunMayHaveItUndone() throws Exception {
        begin("/taken", "undone", ORDER);
        begin("/taken", "only-ended", ORDER);
        await("/taken/undone", "WAITING");
        await("/taken/only-ended", "WAITING");
        assertEquals(202, send("POST", "/operate/undone/undo", "").statusCode());
        assertEquals(202, send("POST", "/operate/only-ended/end", "").statusCode());
        String undone = await("/taken/undone", "TERMINATED");
        assertTrue(undone.contains("undone: take"), undone);
        await("/taken/only-ended", "TERMINATED");
        assertEquals("1", note("undone.put-back.1"));
        assertEquals("0", note("only-ended.put-back.1"), "an end alone undoes nothing");
    }

    @Test
    void aRunThatIsOverIsForgottenAfterItsTimeAndItsIdIsFree() throws Exception {
        begin("/brief", "gone", ORDER);
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (send("GET", "/brief/gone", "").statusCode() != 404) {
            assertTrue(System.nanoTime() < giveUp, "it is still there");
            LockSupport.parkNanos(100_000_000);
        }
        assertEquals("1", note("gone.brief-note.1"));
        begin("/brief", "gone", ORDER);
        giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (!note("gone.brief-note.1").equals("2")) {
            assertTrue(System.nanoTime() < giveUp, "it did not run again");
            LockSupport.parkNanos(100_000_000);
        }
    }

    @Test
    void plansOfFlowsThatAskAreThoseOfAJvm() throws Exception {
        PinnedFlow here =
                switch (PinnedFlow.of(
                        DurableWorker.ASKED,
                        Capabilities.of(KvNamespace.memory("NOTES")),
                        CapabilityModule.hints(
                                HintTable.FULL, EdgeSteeringSuite.class.getClassLoader()),
                        JsonCodecs.strict(),
                        Optional.empty())) {
                    case PinnedFlow.Ready ready -> ready.flow();
                    case PinnedFlow.Refused refused -> throw new AssertionError(refused.failure());
                };
        begin("/asked", "history", ORDER);
        awaitChief("history");
        assertEquals(202, answer("history", "chief", "YES", "ann").statusCode());
        await("/asked/history", "COMPLETED");
        List<Payload> records =
                send("GET", "/asked-journals/history", "")
                        .body()
                        .lines()
                        .map(line -> Payload.of(HexFormat.of().parseHex(line)))
                        .toList();
        Replay replayed = Replay.of(here, "history", 1, records);
        assertEquals(Optional.of(DurableWorker.Decision.YES), replayed.core().output());
        RecordCodec codec = new RecordCodec(here, "history#1");
        Entry last = records.stream().map(it -> codec.read(it.bytes()).entry()).toList().getLast();
        assertEquals("ann", ((Entry.Answered) last).by());
    }
}
