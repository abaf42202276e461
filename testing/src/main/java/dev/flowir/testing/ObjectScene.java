package dev.flowir.testing;

import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.object.AlarmRing;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectLimits;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.ObjectStorage;
import dev.flowir.object.ObjectView;
import dev.flowir.object.ObjectViewRef;
import dev.flowir.object.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** What rules of objects play with: a class whose calls may do anything, and time. */
final class ObjectScene {

    static final StoredKey<Long> COUNT = StoredKey.of("count", Long.class);
    static final StoredKey<String> A = StoredKey.of("a", String.class);
    static final StoredKey<String> B = StoredKey.of("b", String.class);

    /** Only against hanging. */
    private static final long PATIENCE_SECONDS = 30;

    /** What a reader may see of a probe. */
    interface Seen {
        ObjectContext self();
    }

    /** An object that lends its context, and has a field that its storage does not know. */
    static final class Probe implements Seen {

        private final ObjectContext self;
        private long memory;

        Probe(ObjectContext self) {
            this.self = self;
        }

        @Override
        public ObjectContext self() {
            return self;
        }

        ObjectStorage storage() {
            return self.storage();
        }

        long memory() {
            return memory;
        }

        long remember(long more) {
            memory += more;
            return memory;
        }

        long increment() {
            long next = storage().get(COUNT).orElse(0L) + 1;
            storage().put(COUNT, next);
            return next;
        }
    }

    private final ObjectBench bench;
    private final TestClock clock;
    private final ObjectLimits limits;
    private final AtomicInteger made = new AtomicInteger();
    private volatile ObjectClass.Alarm<Probe> whenRung = (probe, ring) -> {};
    private final ObjectClass<Probe> type =
            ObjectClass.of("probe", this::make).alarm((probe, ring) -> whenRung.ring(probe, ring));
    private final ObjectClass<Probe> silent = ObjectClass.of("silent", Probe::new);
    private final ObjectView<Seen> view = ObjectView.of(type, Seen.class);
    private ObjectSpace space;

    private ObjectScene(ObjectBench bench, TestClock clock, ObjectLimits limits) {
        this.bench = bench;
        this.clock = clock;
        this.limits = limits;
        this.space = bench.open(limits, List.of(type, silent));
    }

    static ObjectScene on(ObjectBench bench, TestClock clock) {
        return on(bench, clock, ObjectLimits.of(LimitProfile.CLOUDFLARE_PROD));
    }

    static ObjectScene on(ObjectBench bench, TestClock clock, ObjectLimits limits) {
        return new ObjectScene(bench, clock, limits);
    }

    /** A bench that is wrong on purpose, to see that the kit notices. */
    interface Twisted {

        /** What objects get in place of the right context. */
        ObjectContext twist(ObjectContext right);
    }

    private Probe make(ObjectContext right) {
        made.incrementAndGet();
        return new Probe(bench instanceof Twisted wrong ? wrong.twist(right) : right);
    }

    ObjectSpace space() {
        return space;
    }

    ObjectClass<Probe> type() {
        return type;
    }

    /** A class without an alarm. */
    ObjectClass<Probe> silent() {
        return silent;
    }

    ObjectView<Seen> view() {
        return view;
    }

    int made() {
        return made.get();
    }

    void whenRung(ObjectClass.Alarm<Probe> next) {
        whenRung = next;
    }

    ObjectRef<Probe> at(String name) {
        return space.of(type).named(name);
    }

    Instant in(Duration time) {
        return clock.instant().plus(time);
    }

    /** The process dies, and another begins on the same data. */
    void restart() {
        bench.crash();
        space = bench.open(limits, List.of(type, silent));
        settle();
    }

    /** Waits until nothing happens without time moving. */
    void settle() {
        SocketScene.settle(space);
    }

    /** Lets an object leave memory, so that its next call reads the store. */
    void evict(ObjectRef<Probe> object) {
        settle();
        space.evict(object.id());
        Expect.equal("awake objects that were evicted", false, space.evict(object.id()));
    }

    /** Lets time pass, and everything on the way happen at its time. */
    void pass(Duration time) {
        pass(space, clock, time);
    }

    /** Lets time pass for a space, and everything on the way happen at its time. */
    static void pass(ObjectSpace space, TestClock clock, Duration time) {
        Instant goal = clock.instant().plus(time);
        SocketScene.settle(space);
        for (Optional<Instant> next = clock.nextAlarm();
                next.isPresent() && !next.get().isAfter(goal);
                next = clock.nextAlarm()) {
            clock.advance(later(Duration.between(clock.instant(), next.get())));
            SocketScene.settle(space);
        }
        clock.advance(later(Duration.between(clock.instant(), goal)));
        SocketScene.settle(space);
    }

    private static Duration later(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    static void refused(String what, ObjectFault fault, Expect.Work work) {
        ObjectException refusal = Expect.refused(what, ObjectException.class, work);
        Expect.equal("the fault of " + what, fault, refusal.fault());
        Expect.that(
                "the message starts with the code: " + refusal.getMessage(),
                String.valueOf(refusal.getMessage()).startsWith("[" + fault.code() + "]"));
    }

    static Optional<String> text(ObjectRef<Probe> object, StoredKey<String> key) {
        return object.call(probe -> probe.storage().get(key));
    }

    static <T> CompletableFuture<T> inBackground(Callable<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        answer.complete(work.call());
                    } catch (Exception | Error e) {
                        answer.completeExceptionally(e);
                    }
                });
        return answer;
    }

    /** What came of work in the background; its failure as it was. */
    static <T> T await(CompletableFuture<T> answer) throws Exception {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            throw new AssertionError("an error in the background", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("it hangs", e);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            Expect.that(
                    "what is waited for happens", latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** A view of an object as a reader gets it. */
    ObjectViewRef<Seen> seen(String name) {
        return space.handle(
                        dev.flowir.object.DurableObjects.reader(space.binding()),
                        dev.flowir.kernel.cap.Scope.outside("contract"))
                .of(view)
                .named(name);
    }

    /** Which ringing it is, as text. */
    static String shown(AlarmRing ring, Instant start, Instant now) {
        return "#"
                + ring.retryCount()
                + " after "
                + Duration.between(start, now).toSeconds()
                + " s";
    }
}
