package dev.flowir.object;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Codecs;
import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.Fence;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A reference to an object elsewhere. */
record RemoteRef<C>(
        ObjectRemote.Wire wire,
        Codecs codecs,
        ObjectId id,
        Fence fence,
        Optional<Duration> limit,
        int retries)
        implements ObjectRef<C> {

    /** The same object through an interface that cannot write. */
    record View<V, C extends V>(RemoteRef<C> ref) implements ObjectViewRef<V> {

        @Override
        public ObjectId id() {
            return ref.id();
        }

        @Override
        public <T, X extends Exception> T read(Call<? super V, T, X> question) throws X {
            throw code();
        }

        @Override
        public <I, O> O ask(ObjectCall<? super V, I, O> call, I input) {
            return ref.repeated(call.reading(), input);
        }

        @Override
        public ObjectViewRef<V> within(Duration limit) {
            return new View<>(ref.within(limit));
        }
    }

    private static ObjectException code() {
        return new ObjectException(
                ObjectFault.NOT_HERE,
                "code cannot be sent to an object that lives elsewhere; give its class an"
                        + " ObjectCall, and make that");
    }

    @Override
    public <T, X extends Exception> T read(Call<? super C, T, X> question) throws X {
        throw code();
    }

    @Override
    public <T, X extends Exception> T call(Call<? super C, T, X> call) throws X {
        throw code();
    }

    @Override
    public <T> CompletableFuture<T> send(Call<? super C, T, ? extends Exception> call) {
        throw code();
    }

    @Override
    public <I, O> O ask(ObjectCall<? super C, I, O> call, I input) {
        return repeated(call.reading(), input);
    }

    @Override
    public <I, O> O call(ObjectCall<? super C, I, O> call, I input) {
        return repeated(call, input);
    }

    private <I, O> O repeated(ObjectCall<?, I, O> call, I input) {
        for (int left = retries; ; left--) {
            wire.ensureMayWait();
            try {
                return sent(call, input).await();
            } catch (ObjectException e) {
                if (left <= 0 || !e.fault().retryable()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public <I, O> ObjectReply<O> send(ObjectCall<? super C, I, O> call, I input) {
        return sent(call, input);
    }

    private <I, O> ObjectReply<O> sent(ObjectCall<?, I, O> call, I input) {
        byte[] bytes = encode(codecs, call.input(), input, "what the call is given");
        fence.ensureCurrent();
        OptionalLong millis =
                limit.isPresent() ? OptionalLong.of(limit.get().toMillis()) : OptionalLong.empty();
        ObjectReply<byte[]> reply = wire.call(call.name(), bytes, millis);
        return () -> decode(codecs, call.output(), reply.await(), "the answer");
    }

    static <T> byte[] encode(Codecs codecs, Type<T> type, T value, String what) {
        try {
            return codecs.of(type).encode(value);
        } catch (CodecException e) {
            throw new ObjectException(
                    ObjectFault.NOT_STORABLE, what + " has no form: " + e.getMessage(), e);
        }
    }

    static <T> T decode(Codecs codecs, Type<T> type, byte[] bytes, String what) {
        try {
            return codecs.of(type).decode(bytes);
        } catch (CodecException e) {
            throw new ObjectException(
                    ObjectFault.NOT_READABLE,
                    what + " is no value of its type: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public RemoteRef<C> within(Duration newLimit) {
        if (newLimit.isNegative() || newLimit.isZero()) {
            throw new IllegalArgumentException("a limit is positive: " + newLimit);
        }
        return new RemoteRef<>(wire, codecs, id, fence, Optional.of(newLimit), retries);
    }

    @Override
    public RemoteRef<C> retrying(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("a call is repeated 0 times or more: " + most);
        }
        return new RemoteRef<>(wire, codecs, id, fence, limit, most);
    }
}
