package dev.flowir.object;

import dev.flowir.store.PagedDatabase;
import dev.flowir.store.StoreException;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The span in which one call has an object for itself. Everything in it belongs to the thread that
 * runs the call.
 */
final class Turn {

    private static final ThreadLocal<@Nullable Turn> CURRENT = new ThreadLocal<>();

    private final Instance<?> instance;
    private final Message<?, ?> message;
    private final ArrayDeque<Draft> drafts = new ArrayDeque<>();
    private @Nullable Context<?> context;
    private @Nullable Shelf shelf;
    private @Nullable OwnTables tables;
    private @Nullable Throwable loss;
    private boolean outside;
    private boolean making;
    private boolean makes;
    private boolean abandons;
    private boolean alarmChosen;
    private Optional<AlarmRing> ring = Optional.empty();
    private Optional<Draft> instead = Optional.empty();
    private Optional<ObjectException> doom = Optional.empty();
    private int blocks;

    Turn(Instance<?> instance, Message<?, ?> message) {
        this.instance = instance;
        this.message = message;
        drafts.push(new Draft());
    }

    /** The turn that this thread is in. */
    static Optional<Turn> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Makes this the turn of the thread; answers the one that it was in. */
    @Nullable Turn enter() {
        Turn before = CURRENT.get();
        CURRENT.set(this);
        return before;
    }

    static void leave(@Nullable Turn before) {
        if (before == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
    }

    Instance<?> instance() {
        return instance;
    }

    Message<?, ?> message() {
        return message;
    }

    /** Which life of the object it is about. */
    void serves(Context<?> served) {
        context = served;
    }

    boolean serving(@Nullable Context<?> other) {
        return context == other;
    }

    /** Which entries it has seen. */
    void sees(Shelf seen) {
        shelf = seen;
    }

    Optional<Shelf> seen() {
        return Optional.ofNullable(shelf);
    }

    /** What it wrote could not be made durable: that failure may leave, others may not. */
    void lost(Throwable failure) {
        loss = failure;
    }

    boolean hasLost(Throwable failure) {
        return failure.equals(loss);
    }

    /** True while the call waits for something else and others may run. */
    boolean isOutside() {
        return outside;
    }

    void outside(boolean now) {
        outside = now;
    }

    /** Keeps others out until {@link #unblock}. */
    void block() {
        blocks++;
    }

    void unblock() {
        blocks--;
    }

    boolean isBlocking() {
        return blocks > 0;
    }

    /** While the constructor runs, writes are fine whoever woke the object. */
    void making(boolean now) {
        making = now;
        makes = true;
    }

    boolean isMaking() {
        return making;
    }

    /** True when the object was made in this turn. */
    boolean hasMade() {
        return makes;
    }

    /** The call cannot end well any more, whatever its code does. */
    void doom(ObjectException because) {
        doom = Optional.of(because);
    }

    void ensureHopeful() {
        if (doom.isPresent()) {
            throw doom.get();
        }
    }

    /** The alarm will not ring again. */
    void abandon() {
        abandons = true;
    }

    boolean abandons() {
        return abandons;
    }

    /** What is written when the call fails, in place of what it wrote. */
    void instead(Draft draft) {
        instead = Optional.of(draft);
    }

    Optional<Draft> instead() {
        return instead;
    }

    boolean mayWrite() {
        return making || message.kind() != Message.Kind.READ;
    }

    /** The alarm rings in this turn. */
    void rings(AlarmRing now) {
        ring = Optional.of(now);
    }

    Optional<AlarmRing> ring() {
        return ring;
    }

    /** The handler set or deleted the alarm: that stands, even when it fails. */
    void alarmChosen() {
        alarmChosen = true;
    }

    boolean hasChosenAlarm() {
        return alarmChosen;
    }

    /** What the innermost transaction has written. */
    Draft draft() {
        return drafts.element();
    }

    /** Drafts from the innermost transaction outwards. */
    Iterable<Draft> drafts() {
        return drafts;
    }

    /** Drafts from the call itself inwards. */
    Iterable<Draft> outermostFirst() {
        return drafts.reversed();
    }

    boolean inTransaction() {
        return drafts.size() > 1;
    }

    void begin() {
        drafts.push(new Draft());
    }

    void keep() {
        endPart(true);
        Draft inner = drafts.pop();
        draft().add(inner);
    }

    void undo() {
        endPart(false);
        drafts.pop().dropped();
    }

    private void endPart(boolean keep) {
        if (tables != null) {
            tables.end(drafts.size() - 2, keep);
        }
    }

    /** The database of the object's tables, as far into transactions as the turn is. */
    PagedDatabase use(OwnTables own) {
        tables = own;
        return own.use(drafts.size() - 1);
    }

    /** Everything that was stored before is deleted, if the call is kept. */
    void clear(OwnTables own) {
        tables = own;
        own.clear();
        draft().clear();
    }

    /** More than the entries take that it has written, or as much. */
    long mostEntryBytes() {
        long most = 0;
        for (Draft draft : drafts) {
            most += draft.entryBytes();
        }
        return most;
    }

    /** Entries that the call has written since it began or made things durable. */
    Draft written() {
        Draft all = new Draft();
        outermostFirst().forEach(all::add);
        return all;
    }

    /** What the call has written since it began or made things durable; begins anew. */
    Draft take() {
        if (tables != null) {
            if (context != null) {
                context.ensureFits(this);
            }
            try {
                draft().pages(tables.commit());
            } catch (StoreException e) {
                throw StoredSql.refusal(e);
            }
            tables = null;
        }
        Draft all = drafts.pop();
        drafts.push(new Draft());
        return all;
    }

    void dropAll() {
        if (tables != null) {
            tables.rollback();
            tables = null;
        }
        drafts.forEach(Draft::dropped);
        drafts.clear();
        drafts.push(new Draft());
    }
}
