package dev.flowir.wasm.guest;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kv.KvNamespace;
import dev.flowir.kv.KvValue;

/** A guest in a runtime that has one namespace of prices. */
final class GuestScene implements AutoCloseable {

    private final KvNamespace prices = KvNamespace.memory("prices");
    private final Runtime runtime = Runtime.builder().capabilities(Capabilities.of(prices)).build();
    private final Guest guest;

    private GuestScene(Guest guest) {
        this.guest = guest;
        prices.writer(Scope.outside("test")).put("tea", KvValue.of("250"));
    }

    static GuestScene javaScript(String module) {
        return javaScript(module, GuestLimits.DEFAULT);
    }

    static GuestScene javaScript(String module, GuestLimits limits) {
        return new GuestScene(Guest.javaScript("prices", module, limits));
    }

    static GuestScene webAssembly(GuestLimits limits) {
        return new GuestScene(Guest.webAssembly("prices", WasmModule.importing("port0"), limits));
    }

    Guest guest() {
        return guest;
    }

    Runtime runtime() {
        return runtime;
    }

    /** What the function makes of a text. */
    Result<String> run(String function, String input) {
        return run(guest.pure(function, String.class, String.class), input);
    }

    <I, O> Result<O> run(Node<I, O> node, I input) {
        return runtime.run(one(node), input);
    }

    @SuppressWarnings("unchecked") // the input's type is that of the node
    static <I, O> Flow<I, O> one(Node<I, O> node) {
        Class<I> type = (Class<I>) node.input().raw();
        return Flow.define("one", "1.0.0", type, (g, in) -> g.then(in, node));
    }

    static GuestException refused(Result<?> result) {
        Failure.NodeFailed failed =
                assertInstanceOf(
                        Failure.NodeFailed.class,
                        assertInstanceOf(Result.Failed.class, result).failure());
        return assertInstanceOf(GuestException.class, failed.cause());
    }

    static GuestException refused(GuestFault fault, Result<?> result) {
        GuestException refused = refused(result);
        assertTrue(refused.fault() == fault, refused::getMessage);
        return refused;
    }

    @Override
    public void close() {
        runtime.close();
        guest.close();
    }
}
