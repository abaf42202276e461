package dev.flowir.servlet;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Run;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A kernel that does what a test says: it gives every outcome that a host must answer. */
final class ScriptedRuntime implements FlowStarter {

    /** What a flow does. */
    interface Script<I, O> {
        Result<O> run(Invocation<I> invocation) throws InterruptedException;
    }

    private final Map<String, Script<?, ?>> scripts = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    final BlockingQueue<Invocation<?>> seen = new LinkedBlockingQueue<>();
    final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();

    <I, O> void on(Flow<I, O> flow, Script<I, O> script) {
        scripts.put(flow.name(), script);
    }

    @Override
    @SuppressWarnings("unchecked") // scripts are put under the name of a flow of their types
    public <I, O> Run<O> start(Flow<I, O> flow, Invocation<I> invocation) {
        seen.add(invocation);
        Script<I, O> script = (Script<I, O>) scripts.get(flow.name());
        if (script == null) {
            throw new IllegalStateException("no script for " + flow.name());
        }
        Scripted<O> run = new Scripted<>("run-" + ids.incrementAndGet(), cancelled);
        run.thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                run.result.complete(script.run(invocation));
                            } catch (InterruptedException stopped) {
                                run.result.complete(
                                        new Result.Failed<>(new Failure.Cancelled("interrupted")));
                            }
                        });
        return run;
    }

    private static final class Scripted<O> implements Run<O> {
        private final String id;
        private final BlockingQueue<String> cancelled;
        private final CompletableFuture<Result<O>> result = new CompletableFuture<>();
        private volatile Thread thread = Thread.currentThread();

        Scripted(String id, BlockingQueue<String> cancelled) {
            this.id = id;
            this.cancelled = cancelled;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Result<O> await() throws InterruptedException {
            try {
                return result.get();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public Optional<Result<O>> await(Duration limit) throws InterruptedException {
            try {
                return Optional.of(result.get(limit.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException notYet) {
                return Optional.empty();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public void cancel(String reason) {
            cancelled.add(reason);
            result.complete(new Result.Failed<>(new Failure.Cancelled(reason)));
            thread.interrupt();
        }
    }
}
