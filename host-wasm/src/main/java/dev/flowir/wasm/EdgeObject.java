package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.object.AlarmRing;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectLife;
import dev.flowir.object.ObjectLimits;
import dev.flowir.wasm.json.FormBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One object in an isolate: takes what happens to it, one turn after the other, each as one
 * transaction of its storage. After a turn that fails there is another life, made from what is
 * stored.
 *
 * @param <C> the class in Java
 */
final class EdgeObject<C> {

    static final ObjectLimits LIMITS = ObjectLimits.of(LimitProfile.CLOUDFLARE_PROD);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Platform platform;
    private final EdgeObjects space;
    private final ObjectClass<C> type;
    private final JsObject js;
    private final EdgeTurns turns;
    private final List<EdgeErrand> waiting = new ArrayList<>();
    private @Nullable ObjectLife<C> life;
    private @Nullable EdgeContext context;
    private int open;

    EdgeObject(Platform platform, EdgeObjects space, ObjectClass<C> type, JsObject js) {
        this.platform = platform;
        this.space = space;
        this.type = type;
        this.js = js;
        this.turns = new EdgeTurns(platform);
    }

    Platform platform() {
        return platform;
    }

    EdgeObjects space() {
        return space;
    }

    ObjectClass<C> type() {
        return type;
    }

    JsObject js() {
        return js;
    }

    EdgeTurns turns() {
        return turns;
    }

    /** Something is to be done: at once, or when those before it are through. */
    void take(JsObject.Event event) {
        EdgeErrand errand = new EdgeErrand(event);
        if (open == LIMITS.maxWaiting()) {
            errand.fail(
                    new ObjectException(
                            ObjectFault.OVERLOADED,
                            LIMITS.maxWaiting() + " calls of the object wait already"));
            return;
        }
        open++;
        waiting.add(errand);
        Platform.Timer limit =
                event.limitMillis() < 0
                        ? () -> {}
                        : platform.schedule(
                                ((long) event.limitMillis()) * NANOS_PER_MILLI,
                                () ->
                                        errand.giveUp(
                                                new ObjectException(
                                                        ObjectFault.TIMED_OUT,
                                                        "the time of the call was over; it left"
                                                                + " nothing")));
        platform.spawn(() -> {
            turns.take();
            waiting.remove(errand);
            try {
                if (!errand.isGivenUp()) {
                    run(errand);
                }
            } finally {
                limit.cancel();
                open--;
                turns.give();
            }
        });
    }

    private void run(EdgeErrand errand) {
        try {
            ObjectLife<C> alive = life;
            EdgeContext current = context;
            if (alive == null || current == null) {
                current = new EdgeContext(this, loadAlarm());
                current.begin(EdgeContext.Access.WRITE);
                alive = made(current);
            }
            switch (errand.event().kind()) {
                case "alarm" -> ring(errand, alive, current);
                case "call" -> call(errand, alive, current);
                default -> news(this, errand, alive, current);
            }
        } catch (RuntimeException | Error failed) {
            errand.fail(told(failed));
        }
    }

    private ObjectLife<C> made(EdgeContext current) {
        try {
            ObjectLife<C> alive = ObjectLife.begin(type, current, FormBook.ofWorker());
            if (ObjectLife.hasSockets(type)) {
                listen(type, js);
            }
            current.end(true);
            life = alive;
            context = current;
            return alive;
        } catch (RuntimeException | Error failed) {
            current.giveUp();
            throw failed;
        }
    }

    @OnlyWith(Features.SOCKETS)
    private static <C> void news(
            EdgeObject<C> object, EdgeErrand errand, ObjectLife<C> alive, EdgeContext current) {
        EdgeSockets.take(object, alive, current, errand);
    }

    /** What is done in a turn. */
    interface Work {
        void run();
    }

    /** A turn without an answer: what fails leaves nothing, and there is another life. */
    void turn(EdgeContext current, EdgeErrand errand, Work work) {
        current.begin(EdgeContext.Access.WRITE);
        try {
            work.run();
            current.ensureHopeful();
            current.end(true);
            errand.done("");
        } catch (RuntimeException | Error failed) {
            current.giveUp();
            drop(current);
            throw failed;
        }
    }

    @OnlyWith(Features.SOCKETS)
    private static void listen(ObjectClass<?> type, JsObject js) {
        EdgeSockets.begin(type, js);
    }

    private Optional<Long> loadAlarm() {
        Isolate.Call<Optional<Long>> call = Isolate.call();
        js.alarm(
                millis ->
                        call.done(
                                Double.isNaN(millis)
                                        ? Optional.empty()
                                        : Optional.of((long) millis)),
                call::failed);
        return call.await();
    }

    private void call(EdgeErrand errand, ObjectLife<C> alive, EdgeContext current) {
        String name = errand.event().call();
        boolean reads = ObjectLife.reads(type, name);
        current.begin(reads ? EdgeContext.Access.READ : EdgeContext.Access.WRITE);
        try {
            byte[] answer = alive.call(name, errand.event().input().getBytes(UTF_8));
            current.ensureHopeful();
            errand.ensureWanted();
            current.end(!reads);
            errand.done(new String(answer, UTF_8));
        } catch (RuntimeException | Error failed) {
            boolean survives = reads && current.isHopeful();
            current.giveUp();
            if (!survives) {
                drop(current);
            }
            throw failed;
        }
    }

    private void ring(EdgeErrand errand, ObjectLife<C> alive, EdgeContext current) {
        current.rings();
        current.begin(EdgeContext.Access.WRITE);
        try {
            alive.ring(new AlarmRing(errand.event().retryCount()));
            current.ensureHopeful();
            current.end(true);
            errand.done("");
        } catch (RuntimeException | Error failed) {
            current.giveUp();
            drop(current);
            if (!current.hasChosenAlarm()) {
                throw failed;
            }
            // What the handler chose stands, and takes the place of another try.
            platform.log("alarm of " + type.name() + " " + js.id() + " failed: " + failed);
            EdgeContext after = new EdgeContext(this, current.alarmMillis());
            after.begin(EdgeContext.Access.WRITE);
            after.storeAlarm();
            after.end(true);
            errand.done("");
        }
    }

    /** The object begins anew at its next turn. */
    private void drop(EdgeContext current) {
        current.die();
        if (current == context) {
            life = null;
            context = null;
        }
    }

    /** Gives the object up: those that wait fail, and there is another life. */
    void reset(EdgeContext current, String why) {
        drop(current);
        ObjectException because =
                new ObjectException(
                        ObjectFault.RESET, "the object was given up while the call waited: " + why);
        for (EdgeErrand errand : List.copyOf(waiting)) {
            errand.giveUp(because);
        }
        waiting.clear();
    }

    private ObjectException told(Throwable failed) {
        if (failed instanceof ObjectException known) {
            return known;
        }
        platform.log("object " + type.name() + " " + js.id() + " failed: " + failed);
        return new ObjectException(
                failed instanceof PlatformException ? ObjectFault.RESET : ObjectFault.CALL_FAILED,
                String.valueOf(failed));
    }
}
