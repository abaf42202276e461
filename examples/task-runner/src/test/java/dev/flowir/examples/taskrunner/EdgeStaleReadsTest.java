package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.taskrunner.Messages.Found;
import dev.flowir.examples.taskrunner.Messages.Handled;
import dev.flowir.examples.taskrunner.Messages.Lookup;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Messages.TaskRef;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kv.KvNamespace;
import dev.flowir.kv.KvSites;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import dev.flowir.queue.QueueSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tasks of the edge under keys that are seen late, also by whoever wrote them. Time is virtual. A
 * task goes all its ways: it is given up, sent again, and done.
 */
class EdgeStaleReadsTest {

    /** Which place a client may see after which; 0 is not there. */
    private static final List<String> ORDER = List.of("", "pending", "processing", "failed");

    private static final int LATEST_SECONDS = 60;

    private long nowMillis = 1_800_000_000_000L;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);
    private final KvNamespace origin = KvNamespace.memory("tasks", clock);
    private final EdgeKvTasks flows =
            new EdgeKvTasks(Steps.WORK, "tasks", "tasks", () -> nowMillis / 1000);
    private Broker broker;

    @SuppressWarnings("NullAway.Init") // opened before each test
    EdgeStaleReadsTest() {}

    @BeforeEach
    void open() {
        broker = Broker.memory(BrokerOptions.defaults());
        broker.declare("tasks", QueueSettings.defaults());
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private Runtime at(KvSites sites, String site) {
        return Runtime.builder()
                .capabilities(Capabilities.of(sites.at(site), broker.bind("tasks", "tasks")))
                .build();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void row0105_atTheEdgeAPollMayLagAMinuteAndNeverGoesBackwards(long seed) {
        KvSites sites = KvSites.of(origin, clock).seeingOwnWritesLate().keepingByChance(seed);
        try (Runtime here = at(sites, "here");
                Runtime far = at(sites, "far")) {
            String taskId = here.run(flows.create(), JsonValue.text("work")).orThrow().taskId();
            SplittableRandom random = new SplittableRandom(seed);
            int diesAt = random.nextInt(2, 70);
            int redrivenAt = diesAt + random.nextInt(61, 90);
            int workedAt = redrivenAt + random.nextInt(61, 90);
            Flow<TaskMessage, Handled> process = flows.process(Steps::process);
            int seen = 0;
            boolean again = false;
            String last = "";
            for (int second = 0; second <= workedAt + LATEST_SECONDS; second++) {
                if (second == diesAt) {
                    TaskMessage message = new TaskMessage(taskId, "{\"work\":\"poison\"}");
                    here.run(process, message);
                    here.run(flows.undertake(), message).orThrow();
                }
                if (second == redrivenAt) {
                    assertEquals(
                            1, here.run(flows.redrive(), new TaskRef(taskId)).orThrow().moved());
                }
                if (second == workedAt) {
                    here.run(process, new TaskMessage(taskId + "-2", "{}")).orThrow();
                }
                last = poll(far, taskId);
                int place = last.equals("completed") ? ORDER.size() : ORDER.indexOf(last);
                if (place < seen && seen == 3 && !again && second >= redrivenAt) {
                    again = true; // the redrive is seen; from there on it goes forward again
                } else {
                    assertTrue(place >= seen, second + " s: " + seen + " became " + last);
                }
                seen = place;
                nowMillis += 1000;
            }
            assertEquals("completed", last);
            assertTrue(again, "the redrive was never seen");
        }
    }

    private String poll(Runtime runtime, String taskId) {
        Lookup lookup = runtime.run(flows.read(), new TaskRef(taskId)).orThrow();
        return lookup instanceof Found found ? found.status() : "";
    }

    /** What a condition on a write would refuse; keys of the platform have none. */
    @Test
    void deviation_row0127_twoPlacesMayBothSayThatTheyMovedATask() {
        KvSites sites = KvSites.of(origin, clock);
        try (Runtime here = at(sites, "here");
                Runtime far = at(sites, "far")) {
            String taskId = here.run(flows.create(), JsonValue.text("work")).orThrow().taskId();
            here.run(flows.undertake(), new TaskMessage(taskId, "{}")).orThrow();
            assertEquals("failed", poll(far, taskId));
            nowMillis += 1000;
            assertEquals(1, here.run(flows.redrive(), new TaskRef(taskId)).orThrow().moved());
            nowMillis += 1000;
            assertEquals(1, far.run(flows.redrive(), new TaskRef(taskId)).orThrow().moved());
            assertEquals(0, here.run(flows.redrive(), new TaskRef(taskId)).orThrow().moved());
            nowMillis += LATEST_SECONDS * 1000;
            assertEquals("pending", poll(far, taskId));
        }
    }
}
