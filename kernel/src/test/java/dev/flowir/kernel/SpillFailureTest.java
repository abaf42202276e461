package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Buffer;
import dev.flowir.ir.Delivery;
import dev.flowir.ir.EdgeDefinition;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.Ordering;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.FileSpillStore;
import dev.flowir.kernel.cap.SpillStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What spilled and cannot be trusted any more fails the run, by code and edge. */
class SpillFailureTest {

    /** Does to a file of the store what a bad disk does. */
    private interface Damage {
        void to(Path file) throws IOException;
    }

    @Test
    void aFlippedBitIsFoundByTheChecksum(@TempDir Path folder) throws Exception {
        Failure.SpillFailed failed =
                afterDamage(
                        folder,
                        file -> {
                            byte[] bytes = Files.readAllBytes(file);
                            bytes[bytes.length - 1] ^= 1;
                            Files.write(file, bytes);
                        });
        assertInstanceOf(IOException.class, failed.cause());
        assertTrue(failed.message().contains("checksum"), failed::message);
    }

    @Test
    void aFileThatWasCutIsFoundByTheChecksum(@TempDir Path folder) throws Exception {
        Failure.SpillFailed failed =
                afterDamage(folder, file -> Files.write(file, new byte[] {1, 2}));
        assertTrue(failed.message().contains("checksum"), failed::message);
    }

    @Test
    void aFileThatIsGoneIsSaidToBe(@TempDir Path folder) throws Exception {
        assertInstanceOf(IOException.class, afterDamage(folder, Files::delete).cause());
    }

    @Test
    void aStoreThatIsFullFailsTheRun() throws Exception {
        SpillStore full =
                new SpillStore() {
                    @Override
                    public String store(String tier, byte[] bytes) throws IOException {
                        throw new IOException("no space left in tier " + tier);
                    }

                    @Override
                    public byte[] load(String reference) throws IOException {
                        throw new IOException("nothing was stored");
                    }

                    @Override
                    public void delete(String reference) {
                        // nothing was stored
                    }
                };
        CountDownLatch release = new CountDownLatch(1);
        try (Runtime runtime = runtime(full);
                FlowInstance<JsonValue, JsonValue> instance = open(runtime, release)) {
            fill(instance);
            Failure.SpillFailed failed = failureOf(instance);
            assertEquals("RUN108", failed.code());
            assertTrue(failed.message().contains("no space left in tier local"), failed::message);
            release.countDown();
        }
    }

    private static Failure.SpillFailed afterDamage(Path folder, Damage damage) throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch spilled = new CountDownLatch(1);
        ExecutionListener listener =
                new ExecutionListener() {
                    @Override
                    public void spilled(RunInfo run, String edge, long bytes) {
                        spilled.countDown();
                    }
                };
        try (FileSpillStore store = FileSpillStore.under(folder);
                Runtime runtime = runtime(store, listener);
                FlowInstance<JsonValue, JsonValue> instance = open(runtime, release)) {
            fill(instance);
            spilled.await();
            List<Path> files;
            try (Stream<Path> all = Files.walk(folder)) {
                files = all.filter(Files::isRegularFile).toList();
            }
            assertEquals(1, files.size());
            damage.to(files.get(0));
            release.countDown();
            Failure.SpillFailed failed = failureOf(instance);
            assertEquals("RUN108", failed.code());
            assertEquals("t -> w", failed.edge());
            return failed;
        }
    }

    /** One in the body, one on the edge, one spilled. */
    private static void fill(FlowInstance<JsonValue, JsonValue> instance)
            throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            instance.send(JsonValue.number(i));
        }
    }

    private static Failure.SpillFailed failureOf(FlowInstance<JsonValue, JsonValue> instance)
            throws InterruptedException {
        while (true) {
            FlowInstance.Next<JsonValue> next = instance.next();
            if (next instanceof FlowInstance.Failed<JsonValue> failed) {
                return assertInstanceOf(Failure.SpillFailed.class, failed.failure());
            }
            assertInstanceOf(FlowInstance.Output.class, next);
        }
    }

    private static Runtime runtime(SpillStore store, ExecutionListener... listeners) {
        Runtime.Builder builder =
                Runtime.builder()
                        .spill(store)
                        .capabilities(Capabilities.of(new TestProvider("resource::blob::write")));
        for (ExecutionListener listener : listeners) {
            builder.listener(listener);
        }
        return builder.build();
    }

    private static FlowInstance<JsonValue, JsonValue> open(
            Runtime runtime, CountDownLatch release) {
        NodeBody.Single acknowledges = (in, handles, context) -> in;
        Flow<JsonValue, JsonValue> flow =
                Flows.named("spills")
                        .nodes("t")
                        .reads(
                                "w",
                                (in, handles, context) -> {
                                    release.await();
                                    return in;
                                })
                        .node("c", Effects.EFFECTFUL, acknowledges, "resource::blob::write")
                        .edge(
                                new EdgeDefinition(
                                        "t",
                                        "w",
                                        Delivery.AT_LEAST_ONCE,
                                        Ordering.ORDERED,
                                        Optional.empty(),
                                        OptionalLong.empty(),
                                        new Buffer(
                                                OptionalLong.of(1),
                                                OptionalLong.empty(),
                                                Optional.of("local"),
                                                Optional.empty())))
                        .edges("w -> c")
                        .flow("t", "c");
        return runtime.open(flow, InstanceOptions.defaults().captureCapacity(64)).orThrow();
    }
}
