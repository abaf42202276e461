package dev.flowir.testing;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.WireEnds;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.DurableObjects;
import dev.flowir.object.ObjectCall;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectId;
import dev.flowir.object.ObjectLimits;
import dev.flowir.object.ObjectNamespace;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectReader;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectReply;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.ObjectStats;
import dev.flowir.object.ObjectView;
import dev.flowir.object.ObjectViewRef;
import dev.flowir.object.ObjectWriter;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A space that is wrong in one way: to see that the kit notices. */
final class BrokenObjects implements ObjectBench, ObjectScene.Twisted {

    private final ObjectDefect defect;
    private final TestClock clock;
    private final List<ObjectSpace> spaces = new ArrayList<>();
    private Store store;

    BrokenObjects(ObjectDefect defect, TestClock clock) {
        this.defect = defect;
        this.clock = clock;
        this.store = fresh();
    }

    @Override
    public ObjectContext twist(ObjectContext right) {
        return new BrokenContext(defect, right);
    }

    private Store fresh() {
        return Store.inMemory(
                StoreOptions.defaults().withClock(clock).withCloseWait(Duration.ZERO));
    }

    private boolean has(ObjectDefect one) {
        return defect == one;
    }

    private ObjectLimits wrong(ObjectLimits right) {
        return new ObjectLimits(
                right.maxNameBytes() + (has(ObjectDefect.TAKES_LONG_NAMES) ? 1 : 0),
                right.maxEntryBytes() + (has(ObjectDefect.TAKES_LARGE_ENTRIES) ? 1 : 0),
                has(ObjectDefect.TAKES_LARGE_OBJECTS) ? Integer.MAX_VALUE : right.maxObjectBytes(),
                right.maxListEntries(),
                right.maxWaiting() + (has(ObjectDefect.HAS_NO_BOUND) ? 1 : 0),
                right.maxAwake(),
                has(ObjectDefect.NEVER_EVICTS) ? Duration.ofDays(1) : right.idle(),
                right.maxBlock(),
                right.maxAlarm(),
                right.alarmRetries() + (has(ObjectDefect.RETRIES_ONCE_MORE) ? 1 : 0),
                right.alarmDelay(),
                has(ObjectDefect.TAKES_ANY_STATEMENT)
                        ? ObjectLimits.of(LimitProfile.UNBOUNDED).sql()
                        : right.sql(),
                has(ObjectDefect.GIVES_BOOKMARKS_TO_NOWHERE)
                        ? ObjectLimits.MAX_HISTORY
                        : right.history(),
                has(ObjectDefect.OPENS_ALL_TABLES) ? 1000 : right.maxOpenDatabases());
    }

    @Override
    public ObjectSpace open(ObjectLimits limits, List<ObjectClass<?>> classes) {
        ObjectOptions options =
                ObjectOptions.defaults()
                        .on(new TestTimeline(clock))
                        .with(wrong(limits))
                        .withCloseWait(Duration.ZERO);
        ObjectSpace right = ObjectSpace.sqlite("objects", store, options, classes);
        spaces.add(right);
        return new Space(right);
    }

    @Override
    public boolean supportsCrash() {
        return true;
    }

    @Override
    public void crash() {
        spaces.forEach(ObjectSpace::close);
        if (has(ObjectDefect.LOSES_ON_RESTART)) {
            store.close();
            store = fresh();
        }
    }

    @Override
    public void close() {
        crash();
        store.close();
    }

    private final class Space implements ObjectSpace {

        private final ObjectSpace right;

        Space(ObjectSpace right) {
            this.right = right;
        }

        @Override
        public String kind() {
            return "durable_object.broken";
        }

        @Override
        public String binding() {
            return right.binding();
        }

        @Override
        public Set<String> hints() {
            return right.hints();
        }

        @Override
        public Descriptor descriptor() {
            return right.descriptor();
        }

        @Override
        public <H> H handle(Token<H> token, Scope scope) {
            Scope used = has(ObjectDefect.IGNORES_THE_FENCE) ? Scope.outside("broken") : scope;
            ObjectReader reader = right.handle(DurableObjects.reader(right.binding()), used);
            boolean reads =
                    token.handle() == ObjectReader.class && !has(ObjectDefect.LETS_READERS_WRITE);
            return token.handle().cast(reads ? reader : writer(used));
        }

        @Override
        public ObjectWriter writer(Scope scope) {
            return new Writer(right.writer(scope));
        }

        @Override
        public <C> WireEnds wires(ObjectClass<C> type, Function<WireRequest, String> name) {
            return right.wires(type, name);
        }

        @Override
        public int openSockets() {
            return right.openSockets();
        }

        @Override
        public boolean evict(ObjectId id) {
            return right.evict(id);
        }

        @Override
        public boolean awaitIdle(Duration limit) throws InterruptedException {
            return right.awaitIdle(limit);
        }

        @Override
        public ObjectStats stats() {
            return right.stats();
        }

        @Override
        public void close() {
            right.close();
        }
    }

    private final class Writer implements ObjectWriter {

        private final ObjectWriter right;

        Writer(ObjectWriter right) {
            this.right = right;
        }

        @Override
        public <V> ObjectNamespace<ObjectViewRef<V>> of(ObjectView<V> view) {
            return right.of(view);
        }

        @Override
        public <C> ObjectNamespace<ObjectRef<C>> of(ObjectClass<C> type) {
            return new Namespace<>(right.of(type));
        }
    }

    private final class Namespace<C> implements ObjectNamespace<ObjectRef<C>> {

        private final ObjectNamespace<ObjectRef<C>> right;

        Namespace(ObjectNamespace<ObjectRef<C>> right) {
            this.right = right;
        }

        @Override
        public ObjectRef<C> named(String name) {
            ObjectRef<C> found = right.named(name);
            if (has(ObjectDefect.MAKES_AT_ONCE)) {
                found.send(object -> true).join();
            }
            return new Ref<>(found);
        }

        @Override
        public ObjectRef<C> at(ObjectId id) {
            return has(ObjectDefect.TAKES_FOREIGN_IDS) ? right.named(id.toString()) : right.at(id);
        }

        @Override
        public ObjectRef<C> fresh() {
            return new Ref<>(right.fresh());
        }

        @Override
        public ObjectId idOf(String name) {
            return right.idOf(name);
        }

        @Override
        public ObjectId parse(String text) {
            return right.parse(text);
        }
    }

    private final class Ref<C> implements ObjectRef<C> {

        private final ObjectRef<C> right;

        Ref(ObjectRef<C> right) {
            this.right = right;
        }

        @Override
        public ObjectId id() {
            return right.id();
        }

        @Override
        public <T, X extends Exception> T read(Call<? super C, T, X> question) throws X {
            return right.read(question);
        }

        @Override
        public <T, X extends Exception> T call(Call<? super C, T, X> call) throws X {
            return has(ObjectDefect.KEEPS_WHAT_FAILED) ? keeping(call) : right.call(call);
        }

        /** The exception leaves only after everything was kept. */
        @SuppressWarnings("unchecked")
        private <T, X extends Exception> T keeping(Call<? super C, T, X> call) throws X {
            List<Exception> thrown = new ArrayList<>();
            Optional<T> answer =
                    right.call(object -> {
                        try {
                            return Optional.of(call.run(object));
                        } catch (Exception e) {
                            thrown.add(e);
                            return Optional.empty();
                        }
                    });
            if (!thrown.isEmpty()) {
                throw (X) thrown.getFirst();
            }
            return answer.orElseThrow();
        }

        @Override
        public <T> CompletableFuture<T> send(Call<? super C, T, ? extends Exception> call) {
            if (!has(ObjectDefect.ANSWERS_BEFORE_THE_COMMIT)) {
                return right.send(call);
            }
            CompletableFuture<T> early = new CompletableFuture<>();
            CompletableFuture<Boolean> unused =
                    right.<Boolean>send(object -> early.complete(call.run(object)))
                            .whenComplete((done, failure) -> {
                                if (failure != null) {
                                    early.completeExceptionally(failure);
                                }
                            });
            return early;
        }

        @Override
        public <I, O> O ask(ObjectCall<? super C, I, O> call, I input) {
            return right.ask(call, input);
        }

        @Override
        public <I, O> O call(ObjectCall<? super C, I, O> call, I input) {
            return right.call(call, input);
        }

        @Override
        public <I, O> ObjectReply<O> send(ObjectCall<? super C, I, O> call, I input) {
            return right.send(call, input);
        }

        @Override
        public ObjectRef<C> within(Duration limit) {
            return new Ref<>(right.within(limit));
        }

        @Override
        public ObjectRef<C> retrying(int most) {
            return has(ObjectDefect.NEVER_REPEATS) ? this : new Ref<>(right.retrying(most));
        }
    }
}
