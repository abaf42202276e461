package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeBody;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A value passes along a chain of waiting bodies on one thread; what is beside gets its own. */
class CarryTest {

    private static final JsonValue INPUT = JsonValue.number(1);

    private final Runtime runtime = Runtime.builder().build();
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        runtime.close();
    }

    private NodeBody.Single notes() {
        return (in, handles, context) -> {
            threads.put(context.node(), Thread.currentThread());
            return in;
        };
    }

    @Test
    void aChainStaysOnOneThread() {
        Thread caller = Thread.currentThread();
        NodeBody.Single afterTheCallerLeft =
                (in, handles, context) -> {
                    while (caller.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait(); // until then the caller may have the machine
                    }
                    return notes().run(in, handles, context);
                };
        Flow<JsonValue, JsonValue> flow =
                Flows.named("chain")
                        .nodes("t")
                        .reads("a", afterTheCallerLeft)
                        .reads("b", notes())
                        .pure("p", notes())
                        .reads("c", notes())
                        .edges("t -> a -> b -> p -> c")
                        .flow("t", "c");
        assertEquals(INPUT, runtime.run(flow, INPUT).orThrow());
        assertNotEquals(Thread.currentThread(), threads.get("a"));
        assertTrue(threads.get("a").isVirtual());
        for (String node : new String[] {"b", "p", "c"}) {
            assertEquals(threads.get("a"), threads.get(node), node);
        }
    }

    @Test
    void bodiesBesideEachOtherWaitAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        NodeBody.Single meets =
                (in, handles, context) -> {
                    both.countDown();
                    both.await();
                    return in;
                };
        Flow<JsonValue, JsonValue> flow =
                Flows.named("fork")
                        .nodes("t")
                        .reads("s", notes())
                        .reads("a", meets)
                        .reads("b", meets)
                        .nodes("j")
                        .join("j", "a", "b")
                        .pure("j2", (in, handles, context) -> INPUT)
                        .edges("t -> s -> a -> j", "s -> b -> j", "j -> j2")
                        .flow("t", "j2");
        assertEquals(INPUT, runtime.run(flow, INPUT).orThrow());
    }

    @Test
    void aBodyThatWaitsIsNotKeptByOneThatComputes() {
        CountDownLatch waits = new CountDownLatch(1);
        Flow<JsonValue, JsonValue> flow =
                Flows.named("beside")
                        .nodes("t")
                        .reads("s", notes())
                        .reads(
                                "io",
                                (in, handles, context) -> {
                                    waits.countDown();
                                    return in;
                                })
                        .pure(
                                "computes",
                                (in, handles, context) -> {
                                    waits.await();
                                    return in;
                                })
                        .pure("j", (in, handles, context) -> INPUT)
                        .join("j", "io", "computes")
                        .edges("t -> s -> io -> j", "s -> computes -> j")
                        .flow("t", "j");
        assertEquals(INPUT, runtime.run(flow, INPUT).orThrow());
    }
}
