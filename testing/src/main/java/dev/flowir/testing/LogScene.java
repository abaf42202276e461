package dev.flowir.testing;

import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectLimits;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.log.Appended;
import dev.flowir.object.log.Envelope;
import dev.flowir.object.log.EventLog;
import dev.flowir.object.log.Frame;
import dev.flowir.object.log.LogArchive;
import dev.flowir.object.log.LogDefinition;
import dev.flowir.object.log.LogException;
import dev.flowir.object.log.LogFault;
import dev.flowir.object.log.LogObjects;
import dev.flowir.object.log.LogOptions;
import dev.flowir.object.log.NewEvent;
import dev.flowir.object.log.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What rules of logs play with: a till that counts, its subscribers, and an archive. */
final class LogScene {

    /** Only against hanging. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What goes in and out. */
    record Deed(String what, long amount) {}

    /** What follows from it. */
    record Till(long sum, long deeds, List<String> last) {

        static final Till EMPTY = new Till(0, 0, List.of());
    }

    /** A reducer as it should be. */
    static Till count(Till till, Envelope<Deed> event) {
        List<String> last = new ArrayList<>(till.last());
        last.add(event.type() + "@" + event.version() + " " + event.payload().what());
        return new Till(
                till.sum() + event.payload().amount(),
                till.deeds() + 1,
                List.copyOf(last.subList(Math.max(0, last.size() - 5), last.size())));
    }

    static final LogDefinition<Till, Deed> TILL =
            LogDefinition.of(Till.class, Till.EMPTY, Deed.class, LogScene::count);

    /** An archive in memory that can be told to fail. */
    static final class Attic implements LogArchive {

        final Map<String, byte[]> parts = new ConcurrentHashMap<>();
        volatile boolean broken;

        @Override
        public void put(String key, byte[] bytes) throws IOException {
            if (broken) {
                throw new IOException("the attic is closed");
            }
            parts.put(key, bytes);
        }

        @Override
        public Optional<byte[]> get(String key) {
            return Optional.ofNullable(parts.get(key));
        }
    }

    private final ObjectBench bench;
    private final TestClock clock;
    private final LogDefinition<Till, Deed> definition;
    private final LogOptions options;
    private final Optional<LogArchive> archive;
    private final boolean followed;
    private LogObjects<Till, Deed> tills;
    private ObjectSpace space;

    private LogScene(
            ObjectBench bench,
            TestClock clock,
            LogDefinition<Till, Deed> definition,
            LogOptions options,
            Optional<LogArchive> archive,
            boolean followed) {
        this.bench = bench;
        this.clock = clock;
        this.definition = definition;
        this.options = options;
        this.archive = archive;
        this.followed = followed;
        this.tills = tills();
        this.space = opened(tills.type());
    }

    static LogScene on(ObjectBench bench, TestClock clock) {
        return on(bench, clock, LogOptions.defaults());
    }

    static LogScene on(ObjectBench bench, TestClock clock, LogOptions options) {
        return new LogScene(bench, clock, TILL, options, Optional.empty(), false);
    }

    /** Tills that clients follow by sockets of their objects. */
    static LogScene followed(ObjectBench bench, TestClock clock, LogOptions options) {
        return new LogScene(bench, clock, TILL, options, Optional.empty(), true);
    }

    static LogScene archiving(
            ObjectBench bench, TestClock clock, LogOptions options, LogArchive archive) {
        return new LogScene(bench, clock, TILL, options, Optional.of(archive), false);
    }

    static LogScene reducing(
            ObjectBench bench,
            TestClock clock,
            LogDefinition<Till, Deed> definition,
            LogOptions options) {
        return new LogScene(bench, clock, definition, options, Optional.empty(), false);
    }

    private LogObjects<Till, Deed> tills() {
        LogObjects<Till, Deed> plain = LogObjects.of("till", definition, options);
        LogObjects<Till, Deed> made = followed ? plain.followed() : plain;
        return archive.map(made::archivingTo).orElse(made);
    }

    private ObjectSpace opened(ObjectClass<?> type) {
        return bench.open(ObjectLimits.of(LimitProfile.CLOUDFLARE_PROD), List.of(type));
    }

    /** The process dies, and another begins on the same data. */
    void restart() {
        bench.crash();
        tills = tills();
        space = opened(tills.type());
    }

    /** Another program opens the objects, and does to their entries what it likes. */
    void meddle(String name, ObjectClass<ObjectScene.Probe> as, Meddling how) {
        bench.crash();
        ObjectSpace other = opened(as);
        other.of(as)
                .named(name)
                .call(probe -> {
                    how.with(probe);
                    return name;
                });
        restart();
    }

    /** What a program without manners does. */
    @FunctionalInterface
    interface Meddling {
        void with(ObjectScene.Probe probe);
    }

    LogObjects<Till, Deed> objects() {
        return tills;
    }

    ObjectRef<EventLog<Till, Deed>> at(String name) {
        return space.of(tills.type()).named(name);
    }

    /** A client that follows the log that its path names. */
    TestWire follow(WireRequest request) {
        return TestWire.connect(tills.wires(space, asked -> asked.parameter("name")), request);
    }

    /** A client by a socket of the object that its path names. */
    TestWire connect(WireRequest request) {
        TestWire client =
                TestWire.connect(
                        space.wires(tills.type(), asked -> asked.parameter("name")), request);
        SocketScene.settle(space);
        return client;
    }

    /** What clients say, and what is on its way to them, is done. */
    void settle() {
        SocketScene.settle(space);
    }

    static NewEvent<Deed> deed(String what, long amount) {
        return NewEvent.of("till." + what, new Deed(what, amount));
    }

    Appended<Deed> append(String name, NewEvent<Deed> event) {
        return at(name).call(log -> log.append(event));
    }

    /** Appends the deeds 1 to {@code most}, each under its own number. */
    void fill(String name, int most) {
        for (int i = 1; i <= most; i++) {
            append(name, deed("sale", i));
        }
    }

    Till state(String name) {
        return at(name).read(EventLog::state);
    }

    long version(String name) {
        return at(name).read(EventLog::version);
    }

    /** Lets the object leave memory. */
    void evict(String name) throws InterruptedException {
        Expect.that("everything comes to rest", space.awaitIdle(PATIENCE));
        space.evict(at(name).id());
    }

    /** Lets time pass, and alarms ring at their times. */
    void pass(Duration time) throws InterruptedException {
        Instant goal = clock.instant().plus(time);
        while (clock.nextAlarm().filter(next -> !next.isAfter(goal)).isPresent()) {
            Duration step = Duration.between(clock.instant(), clock.nextAlarm().get());
            clock.advance(step.isNegative() ? Duration.ZERO : step);
            Expect.that("everything comes to rest", space.awaitIdle(PATIENCE));
        }
        clock.advance(Duration.between(clock.instant(), goal));
        Expect.that("everything comes to rest", space.awaitIdle(PATIENCE));
    }

    /** The next frame, which has to come. */
    static Frame<Till, Deed> next(Subscription<Till, Deed> subscription)
            throws InterruptedException {
        return subscription
                .next(PATIENCE)
                .orElseThrow(() -> new AssertionError("no frame came within " + PATIENCE));
    }

    /** The version of the next frame, which has to be an event. */
    static long nextEvent(Subscription<Till, Deed> subscription) throws InterruptedException {
        Frame<Till, Deed> frame = next(subscription);
        if (frame instanceof Frame.Event<Till, Deed>(Envelope<Deed> event)) {
            return event.version();
        }
        throw new AssertionError("an event was expected, not " + frame);
    }

    /** The version of the next frame, which has to be a state. */
    static long nextState(Subscription<Till, Deed> subscription) throws InterruptedException {
        Frame<Till, Deed> frame = next(subscription);
        if (frame instanceof Frame.State<Till, Deed> state) {
            return state.snapshot().version();
        }
        throw new AssertionError("a state was expected, not " + frame);
    }

    static void nothingMore(Subscription<Till, Deed> subscription) throws InterruptedException {
        Expect.equal("one frame more", Optional.empty(), subscription.next(Duration.ZERO));
    }

    static void refused(String what, LogFault fault, Expect.Work work) {
        LogException refusal = Expect.refused(what, LogException.class, work);
        Expect.equal("the fault of " + what, fault, refusal.fault());
        HostileTexts.fitsOnALine(refusal);
        Expect.that(
                "the message starts with the code: " + refusal.getMessage(),
                String.valueOf(refusal.getMessage()).startsWith("[" + fault.code() + "]"));
    }
}
