package dev.flowir.object;

import dev.flowir.ir.Guarantee;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** A space on a store: who is awake, and how calls get to them. */
final class StoredSpace implements ObjectSpace {

    /** A sweep over fewer than this many runs on the thread of the timeline. */
    private static final int SMALL_SWEEP = 10_000;

    private final String binding;
    private final ObjectTables tables;
    private final ObjectOptions options;
    private final Runnable afterClose;
    private final Map<String, ObjectClass<?>> classes;
    private final Map<String, Ids> ids;
    private final AlarmClock alarms;
    private final ConcurrentHashMap<ObjectId, Instance<?>> awake = new ConcurrentHashMap<>();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile boolean closed;

    private final LongAdder wakes = new LongAdder();
    private final LongAdder evicted = new LongAdder();
    private final LongAdder resets = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder rung = new LongAdder();
    private final LongAdder abandoned = new LongAdder();

    private StoredSpace(
            String binding,
            ObjectTables tables,
            ObjectOptions options,
            Map<String, ObjectClass<?>> classes,
            Runnable afterClose) {
        this.binding = binding;
        this.tables = tables;
        this.options = options;
        this.classes = classes;
        this.afterClose = afterClose;
        this.ids = new LinkedHashMap<>();
        classes.keySet()
                .forEach(name ->
                        ids.put(
                                name,
                                new Ids(binding + "/" + name, options.limits().maxNameBytes())));
        this.alarms = new AlarmClock(this, tables, options);
    }

    static StoredSpace open(
            String binding,
            Store store,
            ObjectOptions options,
            List<ObjectClass<?>> classes,
            Runnable afterClose) {
        Map<String, ObjectClass<?>> byName = new LinkedHashMap<>();
        for (ObjectClass<?> type : classes) {
            if (byName.put(type.name(), type) != null) {
                throw new IllegalArgumentException("two classes are called " + type.name());
            }
        }
        ObjectTables tables = ObjectTables.open(store, binding);
        StoredSpace space = new StoredSpace(binding, tables, options, byName, afterClose);
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
        // A reader must not be a writer in disguise.
        ObjectReader handle = token.handle() == ObjectReader.class ? new Reader(writer) : writer;
        return token.handle().cast(handle);
    }

    @Override
    public ObjectWriter writer(Scope scope) {
        return new Handle(scope.fence());
    }

    private record Reader(ObjectWriter writer) implements ObjectReader {

        @Override
        public <V> ObjectNamespace<ObjectViewRef<V>> of(ObjectView<V> view) {
            return writer.of(view);
        }
    }

    private final class Handle implements ObjectWriter {

        private final Fence fence;

        Handle(Fence fence) {
            this.fence = fence;
        }

        @Override
        public <C> ObjectNamespace<ObjectRef<C>> of(ObjectClass<C> type) {
            return new Namespace<>(ids(type), id -> ref(type, id));
        }

        @Override
        public <V> ObjectNamespace<ObjectViewRef<V>> of(ObjectView<V> view) {
            return seen(view.type());
        }

        private <V, C extends V> ObjectNamespace<ObjectViewRef<V>> seen(ObjectClass<C> type) {
            return new Namespace<>(ids(type), id -> new Ref.View<V, C>(ref(type, id)));
        }

        private <C> Ref<C> ref(ObjectClass<C> type, ObjectId id) {
            return new Ref<>(StoredSpace.this, type, id, fence, Optional.empty(), 0);
        }
    }

    Ids ids(ObjectClass<?> type) {
        Ids known = ids.get(type.name());
        if (known == null || !type.equals(classes.get(type.name()))) {
            throw new ObjectException(
                    ObjectFault.UNKNOWN_CLASS,
                    "the space '"
                            + binding
                            + "' was opened without this class '"
                            + type.name()
                            + "'; it has "
                            + classes.keySet());
        }
        return known;
    }

    Optional<ObjectClass<?>> classNamed(String name) {
        return Optional.ofNullable(classes.get(name));
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

    /** Delivers an alarm: the line is never too long for it. */
    <C> void ring(ObjectClass<C> type, ObjectId id, Message<C, Boolean> message) {
        try {
            Instance<C> instance = place(type, id, message, Integer.MAX_VALUE);
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
            Instance<C> instance = instance(type, id);
            switch (instance.line().admit(message, bound)) {
                case OWNER -> {
                    message.first();
                    return instance;
                }
                case WAITING -> {
                    return instance;
                }
                case FULL -> {
                    refused.increment();
                    throw new ObjectException(
                            ObjectFault.OVERLOADED,
                            bound + " calls of " + type.name() + " " + id + " wait already");
                }
                case GONE -> awake.remove(id, instance);
            }
        }
    }

    @SuppressWarnings("unchecked") // the id tells the class
    private <C> Instance<C> instance(ObjectClass<C> type, ObjectId id) {
        Instance<?> known = awake.get(id);
        if (known == null) {
            makeRoom();
            known = awake.computeIfAbsent(id, key -> new Instance<>(this, type, key));
            sweepLater(options.limits().idle());
        }
        return (Instance<C>) known;
    }

    // ---- who is awake

    private void makeRoom() {
        int most = options.limits().maxAwake();
        if (awake.size() < most) {
            return;
        }
        sweep(Long.MAX_VALUE, most / 16 + 1);
        if (awake.size() >= most) {
            refused.increment();
            throw new ObjectException(
                    ObjectFault.OVERLOADED, most + " objects are awake, and all are being called");
        }
    }

    private void sweepLater(Duration wait) {
        if (!closed && sweeping.compareAndSet(false, true)) {
            options.timeline().schedule(wait, this::sweepNow);
        }
    }

    private void sweepNow() {
        if (awake.size() < SMALL_SWEEP) {
            sweepIdle();
        } else {
            Thread.startVirtualThread(this::sweepIdle);
        }
    }

    private void sweepIdle() {
        Duration idle = options.limits().idle();
        sweep(millis() - idle.toMillis(), Integer.MAX_VALUE);
        sweeping.set(false);
        if (!awake.isEmpty()) {
            sweepLater(idle.dividedBy(2).plusMillis(1));
        }
    }

    private void sweep(long unusedSinceMillis, int most) {
        int gone = 0;
        for (Instance<?> instance : awake.values()) {
            if (instance.line().retire(unusedSinceMillis)) {
                awake.remove(instance.id(), instance);
                evicted.increment();
                gone++;
                if (gone >= most) {
                    return;
                }
            }
        }
    }

    @Override
    public boolean evict(ObjectId id) {
        Instance<?> instance = awake.get(id);
        if (instance == null || !instance.line().retire(Long.MAX_VALUE)) {
            return false;
        }
        awake.remove(id, instance);
        evicted.increment();
        return true;
    }

    // ---- what instances ask

    ObjectOptions options() {
        return options;
    }

    ObjectTables tables() {
        return tables;
    }

    AlarmClock alarms() {
        return alarms;
    }

    long millis() {
        return options.timeline().millis();
    }

    void woke() {
        wakes.increment();
    }

    void reset() {
        resets.increment();
    }

    boolean isClosed() {
        return closed;
    }

    void rang() {
        rung.increment();
    }

    /** What becomes of a failed alarm is durable. */
    void recorded(Turn turn) {
        if (turn.abandons()) {
            abandoned.increment();
        }
    }

    void alarmMoved(AlarmState alarm) {
        alarms.moved(alarm);
    }

    @Override
    public ObjectStats stats() {
        return new ObjectStats(
                awake.size(),
                wakes.sum(),
                evicted.sum(),
                resets.sum(),
                refused.sum(),
                rung.sum(),
                abandoned.sum());
    }

    // ---- ending

    @Override
    public boolean awaitIdle(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        boolean quiet = false;
        while (!quiet) {
            for (Instance<?> instance : awake.values()) {
                if (!instance.line().awaitIdle(until)) {
                    return false;
                }
            }
            if (!alarms.awaitIdle(until)) {
                return false;
            }
            quiet = awake.values().stream().allMatch(one -> one.line().isIdle());
        }
        return true;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        alarms.close();
        boolean interrupted = false;
        try {
            awaitIdle(options.closeWait());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        awake.values().forEach(Instance::stop);
        awake.clear();
        afterClose.run();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
