package dev.flowir.object;

import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.WireEnds;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A space on a store: how calls get to its objects, and how it ends. */
final class StoredSpace implements ObjectSpace {

    private final String binding;
    private final ObjectTables tables;
    private final ObjectOptions options;
    private final Classes classes;
    private final Runnable afterClose;
    private final Tally tally = new Tally();
    private final AlarmClock alarms;
    private final Awake awake;
    private final Sockets sockets = new Sockets(this);
    private final Scratch scratch;
    private volatile boolean closed;

    private StoredSpace(
            String binding,
            ObjectTables tables,
            ObjectOptions options,
            Classes classes,
            Runnable afterClose) {
        this.binding = binding;
        this.tables = tables;
        this.options = options;
        this.classes = classes;
        this.afterClose = afterClose;
        this.alarms = new AlarmClock(this, tables, options);
        this.awake = new Awake(this, options, tally);
        this.scratch = new Scratch(tables.scratch(), options.limits(), awake::closeTables);
    }

    static StoredSpace open(
            String binding,
            Store store,
            ObjectOptions options,
            List<ObjectClass<?>> classes,
            Runnable afterClose) {
        Classes known = new Classes(binding, classes, options.limits());
        ObjectTables tables = ObjectTables.open(store, binding, options);
        StoredSpace space = new StoredSpace(binding, tables, options, known, afterClose);
        space.alarms.look();
        return space;
    }

    // ---- what it is

    @Override
    public String kind() {
        return tables.store().isDurable() ? "durable_object.sqlite" : "durable_object.memory";
    }

    @Override
    public String binding() {
        return binding;
    }

    @Override
    public Set<String> hints() {
        return Set.of(DurableObjects.READ_HINT, DurableObjects.WRITE_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return new Descriptor(
                Descriptor.Consistency.STRONG,
                tables.store().isDurable()
                        ? Descriptor.Durability.LOCAL_DISK
                        : Descriptor.Durability.NONE,
                Descriptor.Ttl.NONE,
                Descriptor.Order.PER_KEY,
                Set.<Guarantee>of());
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        ObjectWriter writer = writer(scope);
        ObjectReader handle =
                token.handle() == ObjectReader.class ? Handles.reader(writer) : writer;
        return token.handle().cast(handle);
    }

    @Override
    public ObjectWriter writer(Scope scope) {
        return Handles.writer(this, scope.fence());
    }

    Ids ids(ObjectClass<?> type) {
        return classes.ids(type);
    }

    Optional<ObjectClass<?>> classNamed(String name) {
        return classes.named(name);
    }

    // ---- calls

    <C, T> T call(Ref<C> ref, Message<C, T> message) {
        refuseWhileHolding(ref);
        Instance<C> instance = place(ref.type(), ref.id(), message, options.limits().maxWaiting());
        limit(ref, message);
        if (message.isFirst()) {
            if (ref.limit().isEmpty()) {
                instance.runOwned(message);
            } else {
                Thread.startVirtualThread(() -> instance.runHere(message));
            }
        }
        return message.await();
    }

    <C, T> CompletableFuture<T> send(Ref<C> ref, Message<C, T> message) {
        CompletableFuture<T> answer =
                message.answer()
                        .whenCompleteAsync((value, failure) -> {}, Thread::startVirtualThread);
        CompletableFuture<T> unused =
                answer.whenComplete((value, failure) -> {
                    if (answer.isCancelled()) {
                        message.giveUp(ObjectFault.WITHDRAWN);
                    }
                });
        Optional<Turn> turn = Turn.current().filter(t -> !t.isOutside());
        if (turn.isPresent()) {
            // It leaves with what the call has written before it, or never.
            turn.get()
                    .draft()
                    .after(
                            new Draft.After(
                                    () -> dispatch(ref, message),
                                    () ->
                                            message.answer()
                                                    .completeExceptionally(Shelf.reset(null))));
        } else {
            dispatch(ref, message);
        }
        return answer;
    }

    private <C, T> void dispatch(Ref<C> ref, Message<C, T> message) {
        try {
            Instance<C> instance =
                    place(ref.type(), ref.id(), message, options.limits().maxWaiting());
            limit(ref, message);
            if (message.isFirst()) {
                Thread.startVirtualThread(() -> instance.runHere(message));
            }
        } catch (ObjectException e) {
            message.answer().completeExceptionally(e);
        }
    }

    /** Delivers an alarm, or news of a socket: the line is never too long for it. */
    <C> void ring(ObjectClass<C> type, ObjectId id, Message<C, Boolean> message) {
        deliver(type, id, message, Integer.MAX_VALUE);
    }

    /** Runs a call whose caller does not wait, on another thread. */
    <C> void deliver(ObjectClass<C> type, ObjectId id, Message<C, Boolean> message, int bound) {
        try {
            Instance<C> instance = place(type, id, message, bound);
            if (message.isFirst()) {
                Thread.startVirtualThread(() -> instance.runHere(message));
            }
        } catch (RuntimeException e) {
            message.answer().completeExceptionally(e);
        }
    }

    private <C, T> void limit(Ref<C> ref, Message<C, T> message) {
        if (ref.limit().isPresent()) {
            Runnable cancel =
                    options.timeline()
                            .schedule(
                                    ref.limit().get(), () -> message.giveUp(ObjectFault.TIMED_OUT));
            message.whenAnswered(failure -> cancel.run());
        }
    }

    private void refuseWhileHolding(Ref<?> ref) {
        Optional<Turn> turn = Turn.current();
        if (turn.isEmpty()) {
            return;
        }
        boolean itself = turn.get().instance().id().equals(ref.id());
        if (!turn.get().isOutside() || (itself && turn.get().isBlocking())) {
            throw new ObjectException(
                    ObjectFault.HOLDS_ANOTHER,
                    "a call that waits for "
                            + (itself ? "its own object would wait for itself" : "another object")
                            + "; make it inside outside(…), where others have their turn, or use"
                            + " send(…)");
        }
    }

    /** Finds a place for a call in the line of its object, which is made for it if need be. */
    private <C, T> Instance<C> place(
            ObjectClass<C> type, ObjectId id, Message<C, T> message, int bound) {
        if (tables.store().inTransaction()) {
            throw new ObjectException(
                    ObjectFault.MISPLACED,
                    "a call inside a transaction of the store would wait for its end; call the"
                            + " object before or after it");
        }
        for (; ; ) {
            if (closed) {
                throw new ObjectException(ObjectFault.CLOSED, "the space is closed");
            }
            Instance<C> instance = awake.find(type, id);
            switch (instance.line().admit(message, bound)) {
                case OWNER -> {
                    message.first();
                    return instance;
                }
                case WAITING -> {
                    return instance;
                }
                case FULL -> {
                    tally.refused();
                    throw new ObjectException(
                            ObjectFault.OVERLOADED,
                            bound + " calls of " + type.name() + " " + id + " wait already");
                }
                case GONE -> awake.gone(instance);
            }
        }
    }

    @Override
    public <C> WireEnds wires(ObjectClass<C> type, Function<WireRequest, String> name) {
        ids(type);
        sockets.ensureTalks(type);
        return (request, wire) ->
                sockets.open(of(type).named(name.apply(request)), type, request, wire);
    }

    @Override
    public int openSockets() {
        return sockets.count();
    }

    Sockets sockets() {
        return sockets;
    }

    @Override
    public boolean evict(ObjectId id) {
        return awake.evict(id);
    }

    // ---- what instances ask

    ObjectOptions options() {
        return options;
    }

    ObjectTables tables() {
        return tables;
    }

    Scratch scratch() {
        return scratch;
    }

    AlarmClock alarms() {
        return alarms;
    }

    long millis() {
        return options.timeline().millis();
    }

    Tally tally() {
        return tally;
    }

    boolean isClosed() {
        return closed;
    }

    /** What becomes of a failed alarm is durable. */
    void recorded(Turn turn) {
        if (turn.abandons()) {
            tally.abandoned();
        }
    }

    void alarmMoved(AlarmState alarm) {
        alarms.moved(alarm);
    }

    @Override
    public ObjectStats stats() {
        return tally.with(awake.size());
    }

    // ---- ending

    @Override
    public boolean awaitIdle(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        boolean quiet = false;
        while (!quiet) {
            if (!awake.awaitIdle(until)) {
                return false;
            }
            if (!alarms.awaitIdle(until) || !sockets.awaitIdle(until)) {
                return false;
            }
            quiet = awake.isIdle() && sockets.isIdle();
        }
        return true;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        sockets.close();
        alarms.close();
        boolean interrupted = false;
        try {
            awaitIdle(options.closeWait());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        awake.stop();
        scratch.delete();
        afterClose.run();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
