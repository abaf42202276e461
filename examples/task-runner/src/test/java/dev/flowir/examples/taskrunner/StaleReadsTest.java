package dev.flowir.examples.taskrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.taskrunner.Messages.Accepted;
import dev.flowir.examples.taskrunner.Messages.Found;
import dev.flowir.examples.taskrunner.Messages.Lookup;
import dev.flowir.examples.taskrunner.Messages.TaskMessage;
import dev.flowir.examples.taskrunner.Messages.TaskRef;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kv.KvNamespace;
import dev.flowir.kv.KvSites;
import dev.flowir.queue.Broker;
import dev.flowir.queue.BrokerOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row 1.5: polls from a place that sees keys late. Time is virtual. */
class StaleReadsTest {

    private static final List<String> ORDER = List.of("", "pending", "completed");
    private static final int LATEST_SECONDS = 60;

    private long nowMillis = 1_800_000_000_000L;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void row105_aPollMayLagAMinuteAndNeverGoesBackwards(long seed) {
        Settings settings = Settings.from(Map.of("STATE_STORE", "kv"));
        KvNamespace origin = KvNamespace.memory(settings.namespace(), clock);
        KvSites sites = KvSites.of(origin, clock).keepingByChance(seed);
        TaskFlows flows = new KvTasks(settings, new TaskFeed(), clock);
        try (Broker broker = Broker.memory(BrokerOptions.defaults())) {
            Consumers.declare(settings, broker);
            try (Runtime here =
                            Runtime.builder()
                                    .capabilities(
                                            Capabilities.of(
                                                    origin,
                                                    broker.bind(
                                                            settings.queue(), settings.queue())))
                                    .build();
                    Runtime far =
                            Runtime.builder()
                                    .capabilities(Capabilities.of(sites.at("far")))
                                    .build()) {
                Accepted task = here.run(flows.create(), JsonValue.text("work")).orThrow();
                SplittableRandom random = new SplittableRandom(seed);
                int workedAt = random.nextInt(5, 50);
                int seen = 0;
                int last = workedAt + LATEST_SECONDS;
                for (int second = 0; second <= last; second++) {
                    if (second == workedAt) {
                        here.run(
                                        flows.process(Steps::process),
                                        new TaskMessage(task.taskId(), "{}"))
                                .orThrow();
                    }
                    int status = ORDER.indexOf(poll(far, flows, task.taskId()));
                    assertTrue(status >= seen, ORDER.get(seen) + " became " + ORDER.get(status));
                    seen = status;
                    nowMillis += 1000;
                }
                assertEquals("completed", ORDER.get(seen));
            }
        }
    }

    private static String poll(Runtime runtime, TaskFlows flows, String taskId) {
        Lookup lookup = runtime.run(flows.read(), new TaskRef(taskId)).orThrow();
        return lookup instanceof Found found ? found.status() : "";
    }
}
