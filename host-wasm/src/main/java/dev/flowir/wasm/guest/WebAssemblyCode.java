package dev.flowir.wasm.guest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.ByteSequence;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/**
 * A module of plain WebAssembly. It exports its {@code memory}, {@code alloc(length) -> address},
 * and functions {@code (address, length) -> address << 32 | length} over UTF-8 JSON. Methods of
 * ports are imports of the same shape from {@code port0}, {@code port1}; nothing else can be
 * imported.
 */
record WebAssemblyCode(Source source) implements GuestCode {

    private static final String PORT = "port";

    static WebAssemblyCode of(String name, byte[] module) {
        return new WebAssemblyCode(
                Source.newBuilder("wasm", ByteSequence.create(module.clone()), name + ".wasm")
                        .buildLiteral());
    }

    @Override
    public String language() {
        return "wasm";
    }

    @Override
    public Context.Builder prepare(Context.Builder context, GuestLimits limits) {
        return context;
    }

    @Override
    public Loaded load(Context context) {
        Instance instance = new Instance();
        instance.link(context.eval(source));
        return instance;
    }

    private static final class Instance implements Loaded {

        private final Set<String> functions = new TreeSet<>();
        private @Nullable Value exports;
        private @Nullable PortCalls calls;

        void link(Value module) {
            Value linked = module.newInstance(new Imports(this)).getMember("exports");
            exports = linked;
            for (String name : linked.getMemberKeys()) {
                if (!name.equals("alloc") && linked.getMember(name).canExecute()) {
                    functions.add(name);
                }
            }
            if (!linked.hasMember("alloc") || !linked.hasMember("memory")) {
                throw new GuestException(
                        GuestFault.NOT_LOADED,
                        "a guest in WebAssembly exports its memory, and alloc(length) -> address");
            }
        }

        @Override
        public Set<String> functions() {
            return functions;
        }

        @Override
        public String call(
                String function, String input, List<List<String>> ports, PortCalls calls) {
            this.calls = calls;
            byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
            int at = put(bytes);
            return text(export(function).execute(at, bytes.length).asLong());
        }

        private Value export(String name) {
            if (exports == null) {
                throw new IllegalStateException("a port was called while the guest was loaded");
            }
            return exports.getMember(name);
        }

        private int put(byte[] bytes) {
            int at = export("alloc").execute(bytes.length).asInt();
            inside(at, bytes.length);
            Value memory = export("memory");
            for (int i = 0; i < bytes.length; i++) {
                memory.writeBufferByte(Integer.toUnsignedLong(at) + i, bytes[i]);
            }
            return at;
        }

        private String text(long place) {
            int at = (int) (place >>> 32);
            int length = (int) place;
            inside(at, length);
            byte[] bytes = new byte[length];
            export("memory").readBuffer(Integer.toUnsignedLong(at), bytes, 0, length);
            return new String(bytes, StandardCharsets.UTF_8);
        }

        private void inside(int at, int length) {
            long size = export("memory").getBufferSize();
            if (length < 0 || Integer.toUnsignedLong(at) + length > size) {
                throw new GuestException(
                        GuestFault.BAD_ANSWER,
                        "the guest names "
                                + Integer.toUnsignedString(length)
                                + " bytes at "
                                + Integer.toUnsignedString(at)
                                + ", and its memory has "
                                + size);
            }
        }

        long ask(int port, String method, Value[] arguments) {
            PortCalls current = calls;
            if (current == null) {
                throw new IllegalStateException("a port was called while the guest was loaded");
            }
            String given = text((long) arguments[0].asInt() << 32 | arguments[1].asInt());
            byte[] answer = current.call(port, method, given).getBytes(StandardCharsets.UTF_8);
            return (long) put(answer) << 32 | answer.length;
        }
    }

    /** What a module may import. Which methods a port has is found when one is called. */
    private record Imports(Instance instance) implements ProxyObject {

        @Override
        public Object getMember(String module) {
            int port = Integer.parseInt(module.substring(PORT.length()));
            return new Methods(instance, port);
        }

        @Override
        public Object getMemberKeys() {
            return org.graalvm.polyglot.proxy.ProxyArray.fromArray();
        }

        @Override
        public boolean hasMember(String module) {
            return module.equals("port0") || module.equals("port1");
        }

        @Override
        public void putMember(String key, Value value) {
            throw new IllegalStateException("imports are not written");
        }
    }

    private record Methods(Instance instance, int port) implements ProxyObject {

        @Override
        public Object getMember(String method) {
            return (ProxyExecutable) arguments -> instance.ask(port, method, arguments);
        }

        @Override
        public Object getMemberKeys() {
            return org.graalvm.polyglot.proxy.ProxyArray.fromArray();
        }

        @Override
        public boolean hasMember(String method) {
            return true;
        }

        @Override
        public void putMember(String key, Value value) {
            throw new IllegalStateException("imports are not written");
        }
    }
}
