package dev.flowir.wasm;

import dev.flowir.ir.plan.OnlyWith;
import dev.flowir.object.Cell;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectId;
import dev.flowir.object.ObjectLife;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSocket;
import dev.flowir.object.ObjectStorage;
import dev.flowir.object.StoredKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one life of an object in an isolate has to live with, in its turns. */
final class EdgeContext implements ObjectContext {

    /** What a turn may do. */
    enum Access {
        READ,
        WRITE
    }

    /** Something that goes to a client; of its own kind, because it never waits. */
    interface Leaving {
        void go();
    }

    /** One turn, of which others come between the parts. */
    private static final class Turn {
        private final Access access;
        private final List<Runnable> after = new ArrayList<>();
        private final List<Leaving> leaving = new ArrayList<>();
        private @Nullable ObjectException doom;
        private boolean alarmChosen;
        private int blocks;
        private int nested;

        Turn(Access access) {
            this.access = access;
        }
    }

    private final EdgeObject<?> object;
    private final JsObject js;
    private final EdgeStorage storage;
    private final IdentityHashMap<Thread, Turn> outside = new IdentityHashMap<>();
    private Optional<Long> alarmMillis;
    private Turn turn = new Turn(Access.READ);
    private boolean open;
    private boolean dead;

    EdgeContext(EdgeObject<?> object, Optional<Long> alarmMillis) {
        this.object = object;
        this.js = object.js();
        this.alarmMillis = alarmMillis;
        this.storage = new EdgeStorage(this, js);
    }

    // ---- for who drives it

    /** Begins a turn: what is written until {@link #end} is kept together or not at all. */
    void begin(Access access) {
        turn = new Turn(access);
        open();
    }

    private void open() {
        Isolate.Call<Boolean> begun = Isolate.call();
        js.begin(() -> begun.done(true), begun::failed);
        begun.await();
        open = true;
    }

    /** Ends a turn, or a part of it; what hangs on its commit runs when it is kept. */
    void end(boolean keep) {
        open = false;
        Isolate.Call<Boolean> ended = Isolate.call();
        js.end(keep, () -> ended.done(true), ended::failed);
        ended.await();
        List<Runnable> after = List.copyOf(turn.after);
        turn.after.clear();
        List<Leaving> leaving = List.copyOf(turn.leaving);
        turn.leaving.clear();
        if (keep) {
            for (Leaving frame : leaving) {
                frame.go();
            }
            after.forEach(object.platform()::spawn);
        }
    }

    /** Undoes what the turn has written since its last part. */
    void giveUp() {
        if (open) {
            try {
                end(false);
            } catch (PlatformException broken) { // the failure that led here is told
                object.platform().log("undoing failed: " + broken);
            }
        }
    }

    /** Nothing of this life happens any more. */
    void die() {
        dead = true;
    }

    boolean isHopeful() {
        return turn.doom == null && !dead;
    }

    void ensureHopeful() {
        if (turn.doom != null) {
            throw turn.doom;
        }
    }

    /** The alarm rings: it is set no more. */
    void rings() {
        alarmMillis = Optional.empty();
    }

    boolean hasChosenAlarm() {
        return turn.alarmChosen;
    }

    Optional<Long> alarmMillis() {
        return alarmMillis;
    }

    /** Makes the platform's alarm what is known here. */
    void storeAlarm() {
        if (alarmMillis.isPresent()) {
            js.setAlarm(alarmMillis.get().doubleValue());
        } else {
            js.deleteAlarm();
        }
    }

    // ---- turns

    /** Refuses what is not done in the object's turn, by the coroutine that has it. */
    void ensureTurn() {
        if (isOutside()) {
            throw misplaced("inside outside(…) the turn belongs to others");
        }
        if (!object.turns().isMine()) {
            throw misplaced("the object is used outside of its turn, or by another thread");
        }
        ensureHopeful();
        if (!open || dead) {
            throw misplaced("the object is used outside of its turn, or by another thread");
        }
    }

    void ensureWhole(String what) {
        ensureTurn();
        if (turn.nested > 0) {
            throw misplaced(what + " cannot end a transaction; use it before or after one");
        }
    }

    void ensureWriting() {
        ensureTurn();
        if (turn.access == Access.READ) {
            throw readOnly();
        }
    }

    /** Refuses to send where nothing is to be sent. */
    void ensureSending() {
        Turn mine = outside.get(Thread.currentThread());
        if (mine == null) {
            ensureWriting();
        } else if (mine.access == Access.READ) {
            throw new ObjectException(
                    ObjectFault.READ_ONLY, "a call that only reads sends nothing; use call(…)");
        }
    }

    /** Sends when what was written is kept; at once where nothing is being written. */
    void leave(Leaving frame) {
        if (isOutside()) {
            frame.go();
        } else {
            turn.leaving.add(frame);
        }
    }

    boolean isReading() {
        return turn.access == Access.READ;
    }

    /** A write got through where only reading is allowed: the turn cannot end well any more. */
    ObjectException doomedToRead() {
        turn.doom = readOnly();
        return turn.doom;
    }

    private static ObjectException readOnly() {
        return new ObjectException(
                ObjectFault.READ_ONLY, "a call that only reads writes nothing; use call(…)");
    }

    static ObjectException misplaced(String detail) {
        return new ObjectException(ObjectFault.MISPLACED, detail);
    }

    <T, X extends Exception> T nested(ObjectStorage.Work<T, X> work) throws X {
        ensureWriting();
        Optional<Long> before = alarmMillis;
        List<T> answer = new ArrayList<>();
        List<Throwable> thrown = new ArrayList<>();
        turn.nested++;
        Isolate.still(() ->
                js.nested(() -> {
                    try {
                        answer.add(work.run());
                    } catch (Throwable failed) { // it cannot go through the platform's code
                        thrown.add(failed);
                    }
                    return thrown.isEmpty();
                }));
        turn.nested--;
        if (!thrown.isEmpty()) {
            alarmMillis = before;
            throw EdgeContext.<RuntimeException>unchecked(thrown.get(0));
        }
        return answer.get(0);
    }

    /** Passes a failure on as it is: the signature of the work says what it may be. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X unchecked(Throwable failure) throws X {
        throw (X) failure;
    }

    @Override
    public <T, X extends Exception> T outside(ObjectStorage.Work<T, X> work) throws X {
        ensureWhole("outside(…)");
        Turn mine = turn;
        end(true);
        if (mine.blocks > 0) {
            object.turns().wander();
        } else {
            object.turns().give();
        }
        outside.put(Thread.currentThread(), mine);
        try {
            return work.run();
        } finally {
            outside.remove(Thread.currentThread());
            if (mine.blocks > 0) {
                object.turns().back();
            } else {
                object.turns().take();
            }
            turn = mine;
            if (dead && mine.doom == null) {
                mine.doom =
                        new ObjectException(
                                ObjectFault.RESET,
                                "the object was given up while the call was outside");
            }
            if (!dead) {
                open();
            }
        }
    }

    @Override
    public boolean isOutside() {
        return outside.containsKey(Thread.currentThread());
    }

    @Override
    public <T, X extends Exception> T blocking(ObjectStorage.Work<T, X> work) throws X {
        ensureTurn();
        Turn mine = turn;
        mine.blocks++;
        Platform.Timer limit =
                object.platform()
                        .schedule(
                                EdgeObject.LIMITS.maxBlock().toNanos(),
                                () ->
                                        giveUpFor(
                                                mine,
                                                ObjectFault.BLOCKED_TOO_LONG,
                                                "a block took too long"));
        boolean well = false;
        try {
            T answer = work.run();
            well = true;
            return answer;
        } finally {
            mine.blocks--;
            limit.cancel();
            if (!well) {
                object.reset(this, "a block failed");
            }
            ensureHopeful();
        }
    }

    private ObjectException giveUpFor(Turn doomed, ObjectFault fault, String why) {
        ObjectException because = new ObjectException(fault, why);
        doomed.doom = because;
        object.reset(this, why);
        return because;
    }

    @Override
    public ObjectException abort(String reason) {
        ensureTurn();
        throw giveUpFor(turn, ObjectFault.ABORTED, reason);
    }

    /** Waits until what was written so far is durable, also if the call fails later. */
    void sync() {
        ensureWhole("sync()");
        end(true);
        Isolate.Call<Boolean> durable = Isolate.call();
        js.sync(() -> durable.done(true), durable::failed);
        durable.await();
        open();
    }

    @Override
    public void inCommit(Runnable work) {
        throw new ObjectException(
                ObjectFault.NOT_HERE,
                "objects at the edge share no store with other capabilities; make the call with"
                        + " an idempotency key");
    }

    @Override
    public void afterCommit(Runnable work) {
        ensureTurn();
        turn.after.add(work);
    }

    // ---- what it has

    @Override
    public ObjectId id() {
        return ObjectLife.id(js.id(), js.name());
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli((long) Isolate.platform().nowMillis());
    }

    @Override
    public ObjectStorage storage() {
        return storage;
    }

    @Override
    public <T> Cell<T> cell(StoredKey<T> key, T initial) {
        return new EdgeCell<>(storage, key, initial);
    }

    @Override
    public void setAlarm(Instant at) {
        ensureWriting();
        if (!ObjectLife.hasAlarm(object.type())) {
            throw new ObjectException(
                    ObjectFault.NO_ALARM,
                    "the class '"
                            + object.type().name()
                            + "' has no alarm handler; add one with ObjectClass.alarm(…)");
        }
        choose(Optional.of(at.toEpochMilli()));
    }

    @Override
    public void deleteAlarm() {
        ensureWriting();
        choose(Optional.empty());
    }

    void choose(Optional<Long> millis) {
        alarmMillis = millis;
        turn.alarmChosen = true;
        storeAlarm();
    }

    @Override
    public Optional<Instant> alarm() {
        ensureTurn();
        return alarmMillis.isPresent()
                ? Optional.of(Instant.ofEpochMilli(alarmMillis.get()))
                : Optional.empty();
    }

    @Override
    public List<ObjectSocket> sockets() {
        if (!isOutside()) {
            ensureTurn();
        }
        return ObjectLife.hasSockets(object.type()) ? open(this) : List.of();
    }

    @OnlyWith(Features.SOCKETS)
    private static List<ObjectSocket> open(EdgeContext context) {
        return EdgeSockets.of(context, context.object.type(), context.js);
    }

    @Override
    public List<ObjectSocket> sockets(String tag) {
        return sockets().stream().filter(socket -> socket.tags().contains(tag)).toList();
    }

    @Override
    public <C> ObjectRef<C> ref(ObjectClass<C> type) {
        return object.space().writer().of(type).at(id());
    }
}
