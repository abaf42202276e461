package dev.flowir.testing;

import dev.flowir.object.Cell;
import dev.flowir.object.Entries;
import dev.flowir.object.ObjectBookmark;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectId;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectSocket;
import dev.flowir.object.ObjectSql;
import dev.flowir.object.ObjectStorage;
import dev.flowir.object.StoredKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** What an object gets that lives in a space which is wrong in one way. */
final class BrokenContext implements ObjectContext, ObjectStorage {

    private final ObjectDefect defect;
    private final ObjectContext right;
    private Optional<Instant> lastSet = Optional.empty();

    BrokenContext(ObjectDefect defect, ObjectContext right) {
        this.defect = defect;
        this.right = right;
    }

    private boolean has(ObjectDefect one) {
        return defect == one;
    }

    @Override
    public ObjectId id() {
        return right.id();
    }

    @Override
    public Instant now() {
        return right.now();
    }

    @Override
    public ObjectStorage storage() {
        return this;
    }

    @Override
    public <T> Cell<T> cell(StoredKey<T> key, T initial) {
        return right.cell(key, initial);
    }

    @Override
    public void setAlarm(Instant at) {
        lastSet = Optional.of(at);
        if (has(ObjectDefect.DROPS_PAST_ALARMS) && at.isBefore(right.now())) {
            return;
        }
        right.setAlarm(has(ObjectDefect.RINGS_EARLY) ? at.minusSeconds(1) : at);
    }

    @Override
    public Optional<Instant> alarm() {
        Optional<Instant> now = right.alarm();
        return has(ObjectDefect.SHOWS_RINGING_ALARMS) ? now.or(() -> lastSet) : now;
    }

    @Override
    public void deleteAlarm() {
        if (has(ObjectDefect.KEEPS_DELETED_ALARMS)) {
            right.alarm(); // refused where it must be
        } else {
            right.deleteAlarm();
        }
    }

    @Override
    public <T, X extends Exception> T outside(Work<T, X> work) throws X {
        return right.outside(work);
    }

    @Override
    public boolean isOutside() {
        return right.isOutside();
    }

    @Override
    public List<ObjectSocket> sockets() {
        return right.sockets();
    }

    @Override
    public List<ObjectSocket> sockets(String tag) {
        return right.sockets(tag);
    }

    @Override
    public <C> ObjectRef<C> ref(ObjectClass<C> type) {
        return right.ref(type);
    }

    @Override
    public <T, X extends Exception> T blocking(Work<T, X> work) throws X {
        return right.blocking(work);
    }

    @Override
    public void inCommit(Runnable work) {
        right.inCommit(work);
    }

    @Override
    public void afterCommit(Runnable work) {
        if (has(ObjectDefect.SENDS_BEFORE_THE_COMMIT)) {
            work.run();
        } else {
            right.afterCommit(work);
        }
    }

    @Override
    public ObjectException abort(String reason) {
        if (has(ObjectDefect.FORGIVES_ABORTS)) {
            return Expect.refused(
                    "it",
                    ObjectException.class,
                    () -> right.storage().list(Entries.all().limitedTo(0), Long.class));
        }
        return right.abort(reason);
    }

    @Override
    public <T> Optional<T> get(StoredKey<T> key) {
        return right.storage().get(key);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> void put(StoredKey<T> key, T value) {
        T stored = value;
        if (has(ObjectDefect.ROUNDS_NUMBERS) && value instanceof Long number) {
            stored = (T) Long.valueOf(Math.round(number.doubleValue()));
        }
        right.storage().put(key, stored);
        if (has(ObjectDefect.SPLITS_CALLS)) {
            try {
                right.storage().sync();
            } catch (ObjectException inTransaction) {
                Expect.equal("why", ObjectFault.MISPLACED, inTransaction.fault());
            }
        }
    }

    @Override
    public boolean delete(String key) {
        return right.storage().delete(key);
    }

    @Override
    public <T> SequencedMap<String, T> list(Entries entries, Class<T> type) {
        SequencedMap<String, T> found = right.storage().list(entries, type);
        return has(ObjectDefect.LISTS_BY_CHARACTERS) && entries.order() == Entries.Order.ASCENDING
                ? new LinkedHashMap<>(new TreeMap<>(found))
                : found;
    }

    @Override
    public ObjectBookmark bookmark() {
        return right.storage().bookmark();
    }

    @Override
    public ObjectBookmark bookmarkAt(Instant at) {
        return has(ObjectDefect.TAKES_EVERY_TIME_FOR_NOW)
                ? bookmark()
                : right.storage().bookmarkAt(at);
    }

    @Override
    public ObjectBookmark restoreNext(ObjectBookmark bookmark) {
        return has(ObjectDefect.NEVER_GOES_BACK)
                ? bookmark()
                : right.storage().restoreNext(bookmark);
    }

    @Override
    public ObjectSql sql() {
        return new BrokenSql(defect, right.storage());
    }

    @Override
    public void deleteAll() {
        if (has(ObjectDefect.KEEPS_TABLES_OF_THE_DELETED)) {
            list(Entries.all(), Object.class).keySet().forEach(right.storage()::delete);
            right.deleteAlarm();
            return;
        }
        Optional<Instant> before = right.alarm();
        right.storage().deleteAll();
        if (has(ObjectDefect.KEEPS_ALARMS_OF_THE_DELETED)) {
            before.ifPresent(right::setAlarm);
        }
    }

    @Override
    public <T, X extends Exception> T transaction(Work<T, X> work) throws X {
        return has(ObjectDefect.FORGETS_TO_UNDO) ? work.run() : right.storage().transaction(work);
    }

    @Override
    public void sync() {
        if (!has(ObjectDefect.FORGETS_TO_SYNC)) {
            right.storage().sync();
        }
    }
}
