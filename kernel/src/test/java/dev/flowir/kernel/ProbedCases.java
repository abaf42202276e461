package dev.flowir.kernel;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.flowir.ir.Flow;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeBody;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/** A runtime in virtual time with a strict watchdog, and a listener that keeps what it hears. */
abstract class ProbedCases {

    static final JsonValue INPUT = JsonValue.number(1);

    final ManualTime time = new ManualTime();
    final CompletableFuture<Failure> sideFailure = new CompletableFuture<>();
    final List<String> late = new CopyOnWriteArrayList<>();
    final CountDownLatch lateResult = new CountDownLatch(1);
    final CountDownLatch runEnded = new CountDownLatch(1);
    final ExecutionListener listener =
            new ExecutionListener() {
                @Override
                public void sideFailed(RunInfo run, Failure failure) {
                    sideFailure.complete(failure);
                }

                @Override
                public void lateResult(RunInfo run, String node) {
                    late.add(node);
                    lateResult.countDown();
                }

                @Override
                public void runEnded(RunInfo run, Optional<Failure> failure, long nanos) {
                    runEnded.countDown();
                }
            };
    final Runtime runtime =
            Runtime.builder().time(time).watchdog(Watchdog.STRICT).listener(listener).build();

    @AfterEach
    final void close() {
        runtime.close(Duration.ZERO);
    }

    static Failure failure(Result<JsonValue> result) {
        return assertInstanceOf(Result.Failed.class, result).failure();
    }

    /** A trigger, then a pure node {@code c} with this body. */
    static Flow<JsonValue, JsonValue> computing(String name, NodeBody.Single body) {
        return Flows.named(name).nodes("t").pure("c", body).edges("t -> c").flow("t", "c");
    }

    /** A trigger, then a node {@code c} with this body on a thread of its own. */
    static Flow<JsonValue, JsonValue> reading(String name, NodeBody.Single body) {
        return Flows.named(name).nodes("t").reads("c", body).edges("t -> c").flow("t", "c");
    }
}
