package dev.flowir.testing;

import dev.flowir.http.EventStream;
import dev.flowir.http.HttpEndpoint;
import dev.flowir.http.HttpException;
import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpRead;
import dev.flowir.http.HttpReader;
import dev.flowir.http.HttpReply;
import dev.flowir.http.HttpSettings;
import dev.flowir.http.HttpStream;
import dev.flowir.http.HttpWrite;
import dev.flowir.http.HttpWriter;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.ScopedHandle;
import java.util.Set;
import java.util.function.Supplier;

/** An endpoint with one defect. */
record BrokenHttp(HttpDefect defect, HttpEndpoint endpoint)
        implements CapabilityProvider, AutoCloseable {

    static BrokenHttp open(HttpDefect defect, String base, HttpSettings settings) {
        return new BrokenHttp(
                defect, HttpEndpoint.open(HttpBench.BINDING, base, defect.change(settings)));
    }

    @Override
    public String kind() {
        return "http.broken";
    }

    @Override
    public String binding() {
        return endpoint.binding();
    }

    @Override
    public Set<String> hints() {
        return endpoint.hints();
    }

    @Override
    public Descriptor descriptor() {
        return endpoint.descriptor();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        Scope seen =
                switch (defect) {
                    case IGNORES_FENCES -> scope(scope, scope.idempotencyKey(), Fence.open());
                    case KEYS_BY_ATTEMPT ->
                            scope(scope, scope.idempotencyKey() + scope.attempt(), scope.fence());
                    default -> scope;
                };
        Object handle =
                token.handle() == HttpReader.class && defect != HttpDefect.READERS_WRITE
                        ? endpoint.handle(token, seen)
                        : endpoint.writer(seen);
        if (defect != HttpDefect.READERS_WRITE) {
            handle =
                    token.handle() == HttpReader.class
                            ? new Reading((HttpReader) handle, defect)
                            : new Writing((HttpWriter) handle, defect);
        }
        return token.handle().cast(handle);
    }

    private static Scope scope(Scope scope, String key, Fence fence) {
        return new Scope(scope.flow(), scope.runId(), scope.node(), scope.attempt(), key, fence);
    }

    @Override
    public void close() {
        endpoint.close();
    }

    /** What the defect makes of a call. */
    private static <T> T called(HttpDefect defect, Supplier<T> call) {
        try {
            T first = call.get();
            return defect == HttpDefect.SENDS_TWICE ? call.get() : first;
        } catch (HttpException e) {
            if (defect == HttpDefect.REPEATS_LOST_CALLS && e.fault() == HttpFault.CONNECTION_LOST) {
                return call.get();
            }
            if (defect == HttpDefect.SWALLOWS_INTERRUPTS
                    && e.fault() == HttpFault.CANCELLED
                    && Thread.interrupted()) {
                throw e;
            }
            if (defect == HttpDefect.NAMES_NO_PLACE) {
                throw new HttpException(e.fault(), "it failed");
            }
            throw e;
        }
    }

    private record Reading(HttpReader reader, HttpDefect defect)
            implements HttpReader, ScopedHandle {

        @Override
        public HttpReply send(HttpRead call) {
            return called(defect, () -> reader.send(call));
        }

        @Override
        public HttpStream open(HttpRead call) {
            return called(defect, () -> reader.open(call));
        }

        @Override
        public EventStream events(HttpRead call) {
            return called(defect, () -> reader.events(call));
        }

        @Override
        public void attemptEnded() {
            if (defect != HttpDefect.LEAVES_STREAMS_OPEN) {
                ((ScopedHandle) reader).attemptEnded();
            }
        }
    }

    private record Writing(HttpWriter writer, HttpDefect defect)
            implements HttpWriter, ScopedHandle {

        @Override
        public HttpReply send(HttpRead call) {
            return called(defect, () -> writer.send(call));
        }

        @Override
        public HttpStream open(HttpRead call) {
            return called(defect, () -> writer.open(call));
        }

        @Override
        public EventStream events(HttpRead call) {
            return called(defect, () -> writer.events(call));
        }

        @Override
        public HttpReply send(HttpWrite call) {
            return called(defect, () -> writer.send(call));
        }

        @Override
        public HttpStream open(HttpWrite call) {
            return called(defect, () -> writer.open(call));
        }

        @Override
        public EventStream events(HttpWrite call) {
            return called(defect, () -> writer.events(call));
        }

        @Override
        public void attemptEnded() {
            ((ScopedHandle) writer).attemptEnded();
        }
    }
}
