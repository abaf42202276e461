package dev.flowir.wasm.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/** A module of JavaScript whose exported functions take and give what JSON can say. */
record JavaScriptCode(Source source) implements GuestCode {

    /** The engine's own bound of what it keeps in one array. */
    private static final long LONGEST = 1 << 30;

    private static final Source PRELUDE = prelude();

    static JavaScriptCode of(String name, String text) {
        return new JavaScriptCode(
                Source.newBuilder("js", text, name + ".mjs")
                        .mimeType("application/javascript+module")
                        .buildLiteral());
    }

    private static Source prelude() {
        try (InputStream in = JavaScriptCode.class.getResourceAsStream("prelude.js")) {
            if (in == null) {
                throw new IllegalStateException("this library has lost its prelude.js");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Source.newBuilder("js", text, "prelude.js").buildLiteral();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String language() {
        return "js";
    }

    @Override
    public Context.Builder prepare(Context.Builder context, GuestLimits limits) {
        long longest = Math.min(limits.allocatedBytes(), LONGEST);
        return context.option("js.esm-eval-returns-exports", "true")
                .option("js.strict", "true")
                .option("js.disable-eval", "true")
                .option("js.shared-array-buffer", "false")
                .option("js.load", "false")
                .option("js.print", "false")
                .option("js.console", "false")
                .option("js.graal-builtin", "false")
                .option("js.polyglot-builtin", "false")
                // One power of them takes minutes that nobody can stop.
                .option("js.bigint", "false")
                // What is made in one step is made before the watch can look.
                .option("js.string-length-limit", "" + longest / 2)
                .option("js.max-typed-array-length", "" + longest);
    }

    @Override
    public Loaded load(Context context) {
        Value invoke = context.eval(PRELUDE);
        Value exports = context.eval(source);
        Set<String> functions = new TreeSet<>();
        for (String name : exports.getMemberKeys()) {
            if (exports.getMember(name).canExecute()) {
                functions.add(name);
            }
        }
        return new Module(invoke, exports, functions);
    }

    private record Module(Value invoke, Value exports, Set<String> functions) implements Loaded {

        @Override
        public String call(
                String function, String input, List<List<String>> ports, PortCalls calls) {
            ProxyArray shapes =
                    ProxyArray.fromArray(
                            ports.stream()
                                    .map(port -> ProxyArray.fromArray(port.toArray()))
                                    .toArray());
            ProxyExecutable host =
                    arguments ->
                            calls.call(
                                    arguments[0].asInt(),
                                    arguments[1].asString(),
                                    arguments[2].asString());
            return invoke.execute(exports.getMember(function), input, shapes, host).asString();
        }
    }
}
