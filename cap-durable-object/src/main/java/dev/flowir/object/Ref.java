package dev.flowir.object;

import dev.flowir.kernel.cap.Fence;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A reference: which object, and how calls of it are made. */
record Ref<C>(
        StoredSpace space,
        ObjectClass<C> type,
        ObjectId id,
        Fence fence,
        Optional<Duration> limit,
        int retries)
        implements ObjectRef<C> {

    /** The same object through an interface that cannot write. */
    record View<V, C extends V>(Ref<C> ref) implements ObjectViewRef<V> {

        @Override
        public ObjectId id() {
            return ref.id();
        }

        @Override
        public <T, X extends Exception> T read(Call<? super V, T, X> question) throws X {
            return ref.read(question);
        }

        @Override
        public <I, O> O ask(ObjectCall<? super V, I, O> call, I input) {
            return ref.read(object -> call.reading().run(object, input));
        }

        @Override
        public ObjectViewRef<V> within(Duration limit) {
            return new View<>(ref.within(limit));
        }
    }

    @Override
    public <T, X extends Exception> T read(Call<? super C, T, X> question) throws X {
        return repeated(Message.Kind.READ, question);
    }

    @Override
    public <T, X extends Exception> T call(Call<? super C, T, X> call) throws X {
        return repeated(Message.Kind.WRITE, call);
    }

    @Override
    public <I, O> O ask(ObjectCall<? super C, I, O> call, I input) {
        return this.<O, RuntimeException>read(object -> call.reading().run(object, input));
    }

    @Override
    public <I, O> O call(ObjectCall<? super C, I, O> call, I input) {
        return call.reads()
                ? ask(call, input)
                : this.<O, RuntimeException>call(object -> call.run(object, input));
    }

    @Override
    public <I, O> ObjectReply<O> send(ObjectCall<? super C, I, O> call, I input) {
        Message.Kind kind = call.reads() ? Message.Kind.READ : Message.Kind.WRITE;
        Message<C, O> message = new Message<>(kind, object -> call.run(object, input), fence);
        CompletableFuture<O> unused = space.send(this, message);
        return message::await;
    }

    private <T> T repeated(Message.Kind kind, Call<? super C, T, ?> call) {
        for (int left = retries; ; left--) {
            try {
                return space.call(this, new Message<>(kind, call, fence));
            } catch (ObjectException e) {
                if (left <= 0 || !e.fault().retryable()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public <T> CompletableFuture<T> send(Call<? super C, T, ? extends Exception> call) {
        return space.send(this, new Message<>(Message.Kind.WRITE, call, fence));
    }

    @Override
    public Ref<C> within(Duration newLimit) {
        if (!newLimit.isPositive()) {
            throw new IllegalArgumentException("a limit is positive: " + newLimit);
        }
        return new Ref<>(space, type, id, fence, Optional.of(newLimit), retries);
    }

    @Override
    public Ref<C> retrying(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("a call is repeated 0 times or more: " + most);
        }
        return new Ref<>(space, type, id, fence, limit, most);
    }
}
