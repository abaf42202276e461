package dev.flowir.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * One connection that all threads share: their commands follow each other without waiting for
 * answers. Each command is sent once at most. Thread-safe.
 */
final class Link implements AutoCloseable {

    /** What a command takes besides its keys and values, roughly. */
    private static final long COMMAND_BYTES = 256;

    private final RedisSettings settings;
    private final Wire wire;
    private final LettuceClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final Budget budget;
    private final LongAdder answered = new LongAdder();
    private final LongAdder refusedHere = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private volatile boolean closed;

    private Link(
            RedisSettings settings,
            Wire wire,
            LettuceClient client,
            StatefulRedisConnection<byte[], byte[]> connection) {
        this.settings = settings;
        this.wire = wire;
        this.client = client;
        this.connection = connection;
        this.budget = new Budget(settings.bounds());
    }

    static Link open(RedisSettings settings) {
        Wire wire = new Wire();
        LettuceClient client = LettuceClient.of(settings, wire);
        try {
            RedisClient redis = client.redis();
            return new Link(settings, wire, client, redis.connect(ByteArrayCodec.INSTANCE));
        } catch (RedisConnectionException | RedisCommandInterruptedException e) {
            client.close();
            if (Thread.currentThread().isInterrupted()) {
                throw new RedisException(
                        RedisFault.INTERRUPTED, "interrupted while the connection was made", e);
            }
            throw Faults.ofConnecting(settings.host() + ":" + settings.port(), e);
        }
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @param bytes size of its keys and values
     * @param command sends it
     */
    <T> T call(
            long bytes,
            Function<RedisAsyncCommands<byte[], byte[]>, ? extends CompletionStage<T>> command) {
        long room = bytes + COMMAND_BYTES;
        if (closed) {
            throw new RedisException(RedisFault.CLOSED, "the connection was closed by its owner");
        }
        if (!connection.isOpen()) {
            refusedHere.increment();
            throw new RedisException(RedisFault.AWAY, "there is no connection to the server now");
        }
        if (!budget.enter(room)) {
            refusedHere.increment();
            throw new RedisException(
                    RedisFault.TOO_MUCH_UNDER_WAY,
                    "the bounds are " + settings.bounds() + "; the server is slower than asked");
        }
        long sentNanos = System.nanoTime();
        CompletableFuture<T> answer;
        try {
            answer = command.apply(connection.async()).toCompletableFuture();
        } catch (RuntimeException | Error e) {
            budget.leave(room);
            throw e;
        }
        // Not when the caller stops to wait: the command takes its room until it is over.
        var unused = answer.whenComplete((value, failure) -> budget.leave(room));
        return await(answer, sentNanos);
    }

    private <T> T await(CompletableFuture<T> answer, long sentNanos) {
        try {
            T value = answer.get(settings.patience().answer().toNanos(), TimeUnit.NANOSECONDS);
            answered.increment();
            return value;
        } catch (ExecutionException e) {
            RedisException fault = Faults.of(e.getCause() == null ? e : e.getCause());
            counterOf(fault.fault()).increment();
            throw fault;
        } catch (TimeoutException e) {
            unanswered.increment();
            wire.closeIfSilentSince(sentNanos);
            throw new RedisException(
                    RedisFault.NO_ANSWER,
                    "no answer within "
                            + settings.patience().answer()
                            + "; whether it was done is unknown",
                    e);
        } catch (InterruptedException e) {
            unanswered.increment();
            Thread.currentThread().interrupt();
            throw new RedisException(
                    RedisFault.INTERRUPTED,
                    "interrupted while the answer was waited for; whether it was done is unknown",
                    e);
        }
    }

    private LongAdder counterOf(RedisFault fault) {
        return switch (fault) {
            case AWAY, TOO_MUCH_UNDER_WAY, CLOSED -> refusedHere;
            case NO_ANSWER, INTERRUPTED -> unanswered;
            case DENIED, UNSUPPORTED, FULL, NOT_READY, REFUSED -> answered;
        };
    }

    /** Runs a script that gives a number. */
    long number(Script script, byte[][] keys, byte[]... arguments) {
        return (Long) run(script, keys, arguments);
    }

    /** Runs a script that gives a list; what is nil there is null in it. */
    List<?> list(Script script, byte[][] keys, byte[]... arguments) {
        return (List<?>) run(script, keys, arguments);
    }

    private Object run(Script script, byte[][] keys, byte[][] arguments) {
        long bytes = sizeOf(List.of(keys)) + sizeOf(List.of(arguments));
        return call(bytes, redis -> start(script, keys, arguments));
    }

    /** Sends a script, also after the connection was closed: whoever calls has asked. */
    CompletableFuture<Object> start(Script script, byte[][] keys, byte[][] arguments) {
        RedisAsyncCommands<byte[], byte[]> redis = connection.async();
        return byDigest(redis, script, keys, arguments)
                .toCompletableFuture()
                .exceptionallyCompose(failure ->
                        // The server has started since, or never saw it; nothing was run.
                        unwrapped(failure) instanceof RedisNoScriptException
                                ? whole(redis, script, keys, arguments)
                                : CompletableFuture.failedFuture(failure));
    }

    static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    private static RedisFuture<Object> byDigest(
            RedisAsyncCommands<byte[], byte[]> redis,
            Script script,
            byte[][] keys,
            byte[][] arguments) {
        return script.writes()
                ? redis.evalsha(script.digest(), script.output(), keys, arguments)
                : redis.evalshaReadOnly(script.digest(), script.output(), keys, arguments);
    }

    private static RedisFuture<Object> whole(
            RedisAsyncCommands<byte[], byte[]> redis,
            Script script,
            byte[][] keys,
            byte[][] arguments) {
        return script.writes()
                ? redis.eval(script.text(), script.output(), keys, arguments)
                : redis.evalReadOnly(script.text(), script.output(), keys, arguments);
    }

    static long sizeOf(List<byte[]> parts) {
        long bytes = 0;
        for (byte[] part : parts) {
            bytes += part.length;
        }
        return bytes;
    }

    /** False once it was closed by its owner. */
    boolean isOpen() {
        return !closed;
    }

    RedisStats stats() {
        return new RedisStats(
                answered.sum(),
                refusedHere.sum(),
                unanswered.sum(),
                wire.connections(),
                budget.commands(),
                budget.bytes());
    }

    /**
     * Takes no more, waits for the answers to what was sent, then leaves. Whoever is interrupted
     * does not wait.
     */
    @Override
    public void close() {
        closed = true;
        try {
            if (!Thread.currentThread().isInterrupted()) {
                budget.awaitEmpty(settings.patience().answer().toNanos());
            }
            connection.close();
        } finally {
            client.close();
        }
    }
}
