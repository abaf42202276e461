package dev.flowir.wasm.guest;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.graalvm.polyglot.PolyglotException;

/** Calls functions of one guest, on the thread of the attempt. */
final class Caller {

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    /** Processor time in which a module is loaded; the first in a JVM loads the engine, too. */
    static final Duration LOADING = Duration.ofSeconds(30);

    /** How long closing waits for methods of ports, which only their attempts can end. */
    static final Duration CLOSING = Duration.ofSeconds(10);

    private final Pool pool;
    private final Watch watch;
    private final GuestLimits limits;
    private final Set<GuestContext> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong stopped = new AtomicLong();

    Caller(Pool pool, Watch watch, GuestLimits limits) {
        this.pool = pool;
        this.watch = watch;
        this.limits = limits;
    }

    byte[] call(String function, byte[] input, List<BoundPort> ports) throws Exception {
        String given = text("the input", input);
        GuestContext context = pool.take();
        try {
            load(context);
            Turn turn = new Turn(function, given, ports.stream().map(BoundPort::methods).toList());
            return bytes("the answer", run(context, turn, ports, limits.cpuTime()));
        } finally {
            calls.incrementAndGet();
            pool.give(context);
        }
    }

    /** {@return what nodes can call} */
    Set<String> functions() throws Exception {
        GuestContext context = pool.take();
        try {
            load(context);
            return context.functions();
        } finally {
            pool.give(context);
        }
    }

    private void load(GuestContext context) throws Exception {
        if (!context.isLoaded()) {
            run(context, Turn.loading(), List.of(), LOADING);
        }
    }

    private String run(GuestContext context, Turn turn, List<BoundPort> ports, Duration cpuTime)
            throws Exception {
        running.add(context);
        watch.begin(context, cpuTime);
        try {
            context.begin(turn);
            return answer(context, turn, ports);
        } finally {
            watch.end(context);
            running.remove(context);
        }
    }

    private String answer(GuestContext context, Turn turn, List<BoundPort> ports) throws Exception {
        try {
            while (true) {
                switch (turn.next()) {
                    case Turn.Answered answered -> {
                        return answered.text();
                    }
                    case Turn.Failed failed -> throw told(context, failed.cause());
                    case Turn.Asked asked -> turn.reply(reply(asked, ports));
                }
            }
        } catch (InterruptedException givenUp) {
            context.stop(new GuestException(GuestFault.OUT_OF_TIME, "the attempt was given up"));
            stopped.incrementAndGet();
            throw givenUp;
        }
    }

    private Turn.Reply reply(Turn.Asked asked, List<BoundPort> ports) throws InterruptedException {
        try {
            byte[] arguments = bytes("what the guest passes", asked.arguments());
            if (asked.port() < 0
                    || asked.port() >= ports.size()
                    || !(JSON.decode(arguments) instanceof JsonValue.Arr list)) {
                throw new GuestException(
                        GuestFault.BAD_ANSWER,
                        "a port is called with an array, and the node has " + ports.size());
            }
            JsonValue answer = ports.get(asked.port()).calls().call(asked.method(), list.items());
            return new Turn.Given(text("what a port gives", JSON.encode(answer)));
        } catch (InterruptedException givenUp) {
            throw givenUp;
        } catch (CodecException e) {
            return new Turn.Threw(new GuestException(GuestFault.BAD_ANSWER, e.getMessage()));
        } catch (Exception e) { // the guest may catch it; if it does not, the attempt fails with it
            return new Turn.Threw(e);
        }
    }

    private Exception told(GuestContext context, Throwable cause) {
        if (context.brokenBy().isPresent()) {
            stopped.incrementAndGet();
            return context.brokenBy().get();
        }
        if (!(cause instanceof PolyglotException failure)) {
            return cause instanceof Exception known ? known : new IllegalStateException(cause);
        }
        if (failure.isHostException()
                && failure.asHostException() instanceof Turn.PortFailure port
                && port.getCause() instanceof Exception thrown) {
            return thrown;
        }
        if (failure.isHostException() && failure.asHostException() instanceof GuestException own) {
            return own;
        }
        if (failure.isResourceExhausted()) {
            GuestException exhausted =
                    new GuestException(GuestFault.OUT_OF_MEMORY, Places.told(failure));
            context.stop(exhausted);
            stopped.incrementAndGet();
            return exhausted;
        }
        return new GuestException(
                context.isLoaded() ? GuestFault.THREW : GuestFault.NOT_LOADED,
                Places.told(failure));
    }

    private String text(String what, byte[] bytes) {
        bounded(what, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] bytes(String what, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        bounded(what, bytes.length);
        return bytes;
    }

    private void bounded(String what, int bytes) {
        if (bytes > limits.messageBytes()) {
            throw new GuestException(
                    GuestFault.TOO_LARGE,
                    what + " has " + bytes + " bytes, " + limits.messageBytes() + " are allowed");
        }
    }

    GuestStats stats() {
        return new GuestStats(calls.get(), stopped.get(), pool.made(), pool.open());
    }

    void close() {
        pool.close();
        GuestException closed = new GuestException(GuestFault.CLOSED, "the guest was closed");
        running.forEach(context -> context.stop(closed));
        try {
            pool.awaitGiven(CLOSING);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
