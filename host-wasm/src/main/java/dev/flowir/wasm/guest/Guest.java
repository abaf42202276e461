package dev.flowir.wasm.guest;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Node;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Token;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.util.List;
import java.util.Set;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.io.IOAccess;

/**
 * Code in JavaScript or WebAssembly whose functions are nodes. It runs inside this JVM with nothing
 * but its input and the ports of its node: no classes, files, network, threads, clock or chance.
 * Inputs and answers pass as JSON. Make one for each module and keep it; close it at the end.
 *
 * <p>The node is checked as any other: what it declares follows from its ports.
 */
public final class Guest implements AutoCloseable {

    private final String name;
    private final Set<String> functions;
    private final Engine engine;
    private final Watch watch;
    private final Caller caller;

    private Guest(String name, GuestCode code, GuestLimits limits) {
        this.name = name;
        this.engine =
                Engine.newBuilder(code.language())
                        .out(java.io.OutputStream.nullOutputStream())
                        .err(java.io.OutputStream.nullOutputStream())
                        .option("engine.WarnInterpreterOnly", "false")
                        .build();
        GuestThread.watch(engine);
        this.watch = new Watch(name, limits);
        Pool pool =
                new Pool(
                        () ->
                                new GuestContext(
                                        code,
                                        context(code, limits),
                                        "flow-guest-" + name,
                                        limits.callsPerContext()),
                        limits,
                        watch.threads());
        this.caller = new Caller(pool, watch, limits);
        watch.start();
        try {
            this.functions = caller.functions();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new GuestException(GuestFault.NOT_LOADED, "loading was interrupted");
        } catch (RuntimeException e) {
            close();
            throw e;
        } catch (Exception e) {
            close();
            throw new GuestException(GuestFault.NOT_LOADED, String.valueOf(e.getMessage()));
        }
    }

    private Context context(GuestCode code, GuestLimits limits) {
        return code.prepare(
                        Context.newBuilder(code.language())
                                .engine(engine)
                                .allowExperimentalOptions(true)
                                .allowHostAccess(HostAccess.NONE)
                                .allowHostClassLoading(false)
                                .allowIO(IOAccess.NONE)
                                .allowNativeAccess(false)
                                .allowCreateProcess(false)
                                .allowCreateThread(false)
                                .allowEnvironmentAccess(EnvironmentAccess.NONE)
                                .allowPolyglotAccess(PolyglotAccess.NONE),
                        limits)
                .build();
    }

    /**
     * {@return a guest in JavaScript}
     *
     * @param name for threads and messages
     * @param module an ECMAScript module; its exported functions can be nodes
     * @param limits what a call may take
     * @throws GuestException {@link GuestFault#NOT_LOADED} with line and column
     */
    public static Guest javaScript(String name, String module, GuestLimits limits) {
        return new Guest(name, JavaScriptCode.of(name, module), limits);
    }

    /**
     * {@return a guest in plain WebAssembly} It exports its {@code memory}, {@code alloc(length) ->
     * address}, and functions {@code (address, length) -> address << 32 | length} over JSON in
     * UTF-8; a method of its first port is the import {@code port0.NAME} of the same shape.
     *
     * @param name for threads and messages
     * @param module the binary
     * @param limits what a call may take
     * @throws GuestException {@link GuestFault#NOT_LOADED}
     */
    public static Guest webAssembly(String name, byte[] module, GuestLimits limits) {
        return new Guest(name, WebAssemblyCode.of(name, module), limits);
    }

    /**
     * {@return a node that only computes}
     *
     * @param <I> input
     * @param <O> output
     * @param function what the module exports; the node has its name
     * @param input type of the input
     * @param output type of the answer
     * @throws GuestException {@link GuestFault#NO_FUNCTION}
     */
    public <I, O> Node<I, O> pure(String function, Class<I> input, Class<O> output) {
        Crossing<I, O> crossing = crossing(function, input, output);
        return Node.pure(function, input, output, in -> crossing.call(in, List.of()));
    }

    /**
     * {@return a node that reads through one port, the function's second argument}
     *
     * @param <H> handle of the capability
     * @param <I> input
     * @param <O> output
     * @param function what the module exports; the node has its name
     * @param input type of the input
     * @param output type of the answer
     * @param port what it may read
     * @throws GuestException {@link GuestFault#NO_FUNCTION}
     */
    public <H, I, O> Node<I, O> reads(
            String function, Class<I> input, Class<O> output, GuestPort<H, ReadToken<H>> port) {
        Crossing<I, O> crossing = crossing(function, input, output);
        return Node.reads(
                function,
                input,
                output,
                port.token(),
                (handle, in, context) -> crossing.call(in, List.of(port.bound(handle))));
    }

    /**
     * {@return a node that works through one port, the function's second argument}
     *
     * @param <H> handle of the capability
     * @param <T> its token
     * @param <I> input
     * @param <O> output
     * @param function what the module exports; the node has its name
     * @param input type of the input
     * @param output type of the answer
     * @param port what it may use
     * @throws GuestException {@link GuestFault#NO_FUNCTION}
     */
    public <H, T extends Token<H>, I, O> Node<I, O> effect(
            String function, Class<I> input, Class<O> output, GuestPort<H, T> port) {
        Crossing<I, O> crossing = crossing(function, input, output);
        return Node.effect(
                function,
                input,
                output,
                port.token(),
                (handle, in, context) -> crossing.call(in, List.of(port.bound(handle))));
    }

    /**
     * {@return a node that works through two ports, the second and third argument}
     *
     * @param <A> handle of the first capability
     * @param <B> handle of the second capability
     * @param <S> token of the first
     * @param <T> token of the second
     * @param <I> input
     * @param <O> output
     * @param function what the module exports; the node has its name
     * @param input type of the input
     * @param output type of the answer
     * @param first what it may use
     * @param second what it may use as well
     * @throws GuestException {@link GuestFault#NO_FUNCTION}
     */
    public <A, B, S extends Token<A>, T extends Token<B>, I, O> Node<I, O> effect(
            String function,
            Class<I> input,
            Class<O> output,
            GuestPort<A, S> first,
            GuestPort<B, T> second) {
        Crossing<I, O> crossing = crossing(function, input, output);
        return Node.effect(
                function,
                input,
                output,
                first.token(),
                second.token(),
                (one, two, in, context) ->
                        crossing.call(in, List.of(first.bound(one), second.bound(two))));
    }

    private <I, O> Crossing<I, O> crossing(String function, Class<I> input, Class<O> output) {
        if (!functions.contains(function)) {
            throw new GuestException(
                    GuestFault.NO_FUNCTION,
                    name
                            + " exports "
                            + functions.stream().sorted().toList()
                            + " and no function "
                            + function);
        }
        return new Crossing<>(
                caller,
                function,
                JsonCodecs.strict().of(Type.of(input)),
                JsonCodecs.strict().of(Type.of(output)));
    }

    /** Inputs and answers as JSON. */
    private record Crossing<I, O>(Caller caller, String function, Codec<I> input, Codec<O> output) {

        O call(I value, List<BoundPort> ports) throws Exception {
            byte[] answer = caller.call(function, input.encode(value), ports);
            try {
                return output.decode(answer);
            } catch (CodecException e) {
                throw new GuestException(
                        GuestFault.BAD_ANSWER,
                        function
                                + " answered what is none at "
                                + e.pointer()
                                + ": "
                                + e.getMessage());
            }
        }
    }

    /** {@return what it has done so far} */
    public GuestStats stats() {
        return caller.stats();
    }

    /**
     * Ends it. Calls that still run are stopped, and later ones are refused. Waits for methods of
     * ports that still run, and for code that is being stopped, 10 s at the most for each.
     */
    @Override
    public void close() {
        caller.close();
        watch.close();
        Thread closing =
                Thread.ofVirtual().name("flow-guest-" + name).start(() -> engine.close(true));
        try {
            closing.join(Caller.CLOSING);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
