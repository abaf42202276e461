package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.ItemFailure;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A body that breaks on a JVM breaks in an isolate, with the same exception. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeFaultSuite {

    private final Target target;
    private final HttpClient client = HttpClient.newHttpClient();
    private final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();
    private LocalWorker worker;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeFaultSuite(Target target) {
        this.target = target;
    }

    @BeforeAll
    void start() throws Exception {
        worker = Workers.run(Workers.build(FaultWorker.class, target), log::add);
    }

    @AfterAll
    void stop() throws IOException {
        client.close();
        worker.close();
    }

    @ParameterizedTest
    @EnumSource(FaultWorker.Fault.class)
    void isToldAsOnAJvm(FaultWorker.Fault fault) throws Exception {
        HttpResponse<String> answer = breaks(fault.name());
        assertTrue(answer.body().contains("\"RUN101\""), answer.body());
        assertEquals(500, answer.statusCode());
        assertEquals(onAJvm(fault), thrown(log.poll(30, TimeUnit.SECONDS)));
    }

    @Test
    void whatIsNoFaultIsRefusedAsOnAJvmToo() throws Exception {
        assertEquals(500, breaks("nothing of these").statusCode());
        assertEquals("IllegalArgumentException", thrown(log.poll(30, TimeUnit.SECONDS)));
    }

    @Test
    void whatHasNoRoomComesOutAsOnAJvm() throws Exception {
        try (Runtime runtime = Runtime.builder().build()) {
            Result<String> result = runtime.run(FaultWorker.OVERFLOWS, "x");
            Result.Value<?> value = assertInstanceOf(Result.Value.class, result);
            assertEquals("\"" + value.value() + "\"", post("/overflows", "x").body());
        }
    }

    private HttpResponse<String> breaks(String name) throws IOException, InterruptedException {
        return post("/breaks", name);
    }

    private HttpResponse<String> post(String path, String name)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(worker.address().resolve(path))
                        .timeout(Duration.ofSeconds(60))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString("\"" + name + "\""))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String onAJvm(FaultWorker.Fault fault) throws Exception {
        try (Runtime runtime = Runtime.builder().build()) {
            Result<String> result = runtime.run(FaultWorker.BREAKS, fault.name());
            Result.Failed<?> failed = assertInstanceOf(Result.Failed.class, result);
            Failure.NodeFailed node = assertInstanceOf(Failure.NodeFailed.class, failed.failure());
            return ItemFailure.of(node.cause()).type();
        }
    }

    /** The exception that a line of the worker names. */
    private static String thrown(String line) {
        assertTrue(line.contains("\"flow\":\"breaks\""), line);
        String after = line.substring(line.indexOf(" attempt: ") + " attempt: ".length());
        return after.split("[:\"]", 2)[0];
    }
}
