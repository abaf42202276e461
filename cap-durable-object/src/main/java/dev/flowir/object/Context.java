package dev.flowir.object;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** One life of an object, from a constructor to when it leaves memory, and its storage. */
final class Context<C> implements ObjectContext, ObjectStorage {

    private final Instance<C> instance;
    private final Shelf shelf;
    private final ObjectOptions options;

    Context(Instance<C> instance, Shelf shelf, ObjectOptions options) {
        this.instance = instance;
        this.shelf = shelf;
        this.options = options;
    }

    @Override
    public ObjectId id() {
        return shelf.id();
    }

    @Override
    public Instant now() {
        return options.timeline().instant();
    }

    @Override
    public ObjectStorage storage() {
        return this;
    }

    @Override
    public <T> Cell<T> cell(StoredKey<T> key, T initial) {
        return new StoredCell<>(this, key, initial);
    }

    // ---- entries

    @Override
    public <T> Optional<T> get(StoredKey<T> key) {
        return raw(key.text()).map(bytes -> decode(key, bytes));
    }

    Optional<byte[]> raw(String key) {
        for (Draft draft : turn().drafts()) {
            Optional<byte[]> written = draft.entries().get(key);
            if (written != null) {
                return written;
            }
            if (draft.cleared()) {
                return Optional.empty();
            }
        }
        return shelf.get(key);
    }

    <T> T decode(StoredKey<T> key, byte[] bytes) {
        return decode(options.codecs().of(key.type()), key.text(), bytes);
    }

    private static <T> T decode(Codec<T> codec, String key, byte[] bytes) {
        try {
            return codec.decode(bytes);
        } catch (CodecException e) {
            throw new ObjectException(
                    ObjectFault.NOT_READABLE,
                    "what is stored under '" + key + "' is no value of its type: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public <T> void put(StoredKey<T> key, T value) {
        store(key, value);
    }

    /** Stores a value and answers its bytes. */
    <T> byte[] store(StoredKey<T> key, T value) {
        Turn turn = writing();
        int length = Texts.utf8(key.text(), ObjectFault.BAD_KEY, "the key").length;
        byte[] bytes = encode(key, value);
        if (length + bytes.length > options.limits().maxEntryBytes()) {
            throw new ObjectException(
                    ObjectFault.ENTRY_TOO_LARGE,
                    "key and value have "
                            + (length + bytes.length)
                            + " bytes together, the most is "
                            + options.limits().maxEntryBytes()
                            + "; keep the value in a blob store and its key here");
        }
        turn.draft().set(key.text(), Optional.of(bytes));
        ensureFits(turn);
        return bytes;
    }

    private <T> byte[] encode(StoredKey<T> key, T value) {
        try {
            return options.codecs().of(key.type()).encode(value);
        } catch (CodecException e) {
            throw new ObjectException(
                    ObjectFault.NOT_STORABLE,
                    "the value for '" + key.text() + "' cannot be stored: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public boolean delete(String key) {
        Turn turn = writing();
        boolean was = raw(key).isPresent();
        if (was) {
            turn.draft().set(key, Optional.empty());
        }
        return was;
    }

    @Override
    public <T> SequencedMap<String, T> list(Entries entries, Class<T> type) {
        int bound = options.limits().maxListEntries();
        int limit = entries.limit().orElse(bound);
        if (limit < 1 || limit > bound) {
            throw new ObjectException(
                    ObjectFault.BAD_LIMIT, "a list has 1 to " + bound + " entries, not " + limit);
        }
        Draft written = turn().written();
        TreeMap<String, Optional<byte[]>> found = new TreeMap<>(Texts::compare);
        if (!written.cleared()) {
            // one more than fits, to see that there are more, and as many as may be hidden
            found.putAll(shelf.list(entries, limit + 2 + written.entries().size()));
        }
        found.putAll(written.entries());
        boolean ascending = entries.order() == Entries.Order.ASCENDING;
        SequencedMap<String, T> answer = new LinkedHashMap<>();
        Codec<T> codec = options.codecs().of(dev.flowir.ir.Type.of(type));
        for (Map.Entry<String, Optional<byte[]>> entry :
                (ascending ? found : found.descendingMap()).entrySet()) {
            if (entry.getValue().isEmpty() || !entries.holds(entry.getKey())) {
                continue;
            }
            if (answer.size() == limit) {
                if (entries.limit().isEmpty()) {
                    throw new ObjectException(
                            ObjectFault.BAD_LIMIT,
                            "there are more than "
                                    + bound
                                    + " entries; ask for them in parts, each after the last key of"
                                    + " the one before");
                }
                break;
            }
            answer.put(entry.getKey(), decode(codec, entry.getKey(), entry.getValue().get()));
        }
        return answer;
    }

    @Override
    public void deleteAll() {
        Turn turn = writing();
        if (turn.inTransaction()) {
            throw misplaced("deleteAll() is no part of a transaction; call it before or after one");
        }
        turn.clear(shelf.own());
        turn.alarmChosen();
    }

    @Override
    public ObjectSql sql() {
        return new StoredSql(this, shelf.own());
    }

    @Override
    public ObjectBookmark bookmark() {
        instance.makeDurable(whole("bookmark()"), shelf);
        return ObjectBookmark.of(shelf.id(), shelf.version());
    }

    @Override
    public ObjectBookmark bookmarkAt(Instant at) {
        instance.makeDurable(whole("bookmarkAt(…)"), shelf);
        return ObjectBookmark.of(shelf.id(), shelf.versionAt(at));
    }

    @Override
    public ObjectBookmark restoreNext(ObjectBookmark bookmark) {
        writing();
        ObjectBookmark now = bookmark();
        shelf.restoreNext(bookmark.version(shelf.id()));
        return now;
    }

    /** Refuses to go on when the object is larger than it may be with what the turn wrote. */
    void ensureFits(Turn turn) {
        long most = options.limits().maxObjectBytes();
        long tables = shelf.tableBytes();
        if (shelf.mostEntryBytes() + turn.mostEntryBytes() + tables <= most) {
            return;
        }
        shelf.gate().ifPresent(Instance::joinQuietly);
        long exactly = shelf.entryBytes(turn.written()) + tables;
        if (exactly > most) {
            throw new ObjectException(
                    ObjectFault.OBJECT_TOO_LARGE,
                    "the object would have "
                            + exactly
                            + " bytes, the most is "
                            + most
                            + "; share its state out among more objects");
        }
    }

    @Override
    public <T, X extends Exception> T transaction(Work<T, X> work) throws X {
        Turn turn = writing();
        turn.begin();
        boolean kept = false;
        try {
            T answer = work.run();
            kept = true;
            return answer;
        } finally {
            if (kept) {
                turn.keep();
            } else {
                turn.undo();
            }
        }
    }

    @Override
    public void sync() {
        instance.makeDurable(whole("sync()"), shelf);
    }

    // ---- alarm

    @Override
    public void setAlarm(Instant at) {
        Turn turn = writing();
        if (instance.type().alarm().isEmpty()) {
            throw new ObjectException(
                    ObjectFault.NO_ALARM,
                    "the class '"
                            + instance.type().name()
                            + "' has no alarm handler; add one with ObjectClass.alarm(…)");
        }
        turn.draft().alarm(AlarmState.at(at.toEpochMilli()));
        turn.alarmChosen();
    }

    @Override
    public Optional<Instant> alarm() {
        return Optional.of(alarmState(turn()))
                .filter(AlarmState::isSet)
                .map(state -> Instant.ofEpochMilli(state.atMillis()));
    }

    private AlarmState alarmState(Turn turn) {
        for (Draft draft : turn.drafts()) {
            if (draft.alarm().isPresent()) {
                return draft.alarm().get();
            }
        }
        return shelf.alarm();
    }

    @Override
    public void deleteAlarm() {
        Turn turn = writing();
        turn.draft().alarm(AlarmState.NONE);
        turn.alarmChosen();
    }

    // ---- turns

    @Override
    public <T, X extends Exception> T outside(Work<T, X> work) throws X {
        Turn turn = whole("outside(…)");
        instance.makeDurable(turn, shelf);
        return instance.outside(turn, this, work);
    }

    @Override
    public boolean isOutside() {
        return Turn.current().filter(turn -> turn.serving(this) && turn.isOutside()).isPresent();
    }

    @Override
    public <T, X extends Exception> T blocking(Work<T, X> work) throws X {
        return instance.blocking(turn(), this, work);
    }

    @Override
    public void inCommit(Runnable work) {
        writing().draft().inCommit(work);
    }

    @Override
    public void afterCommit(Runnable work) {
        turn().draft().after(new Draft.After(work, () -> {}));
    }

    // ---- others

    @Override
    public List<ObjectSocket> sockets() {
        return instance.space().sockets().of(turn().instance().id());
    }

    @Override
    public List<ObjectSocket> sockets(String tag) {
        return sockets().stream().filter(socket -> socket.tags().contains(tag)).toList();
    }

    @Override
    public <T> ObjectRef<T> ref(ObjectClass<T> type) {
        return instance.space().of(type).at(id());
    }

    @Override
    public ObjectException abort(String reason) {
        throw instance.abort(turn(), reason);
    }

    /** The turn, if this thread has it and uses it for this life of the object. */
    Turn turn() {
        Turn turn =
                Turn.current()
                        .filter(t -> t.serving(this))
                        .orElseThrow(() ->
                                misplaced(
                                        "the object is used outside of its turn, or by another"
                                                + " thread"));
        if (turn.isOutside()) {
            throw misplaced("inside outside(…) the turn belongs to others");
        }
        turn.ensureHopeful();
        return turn;
    }

    private Turn whole(String what) {
        Turn turn = turn();
        if (turn.inTransaction()) {
            throw misplaced(what + " cannot end a transaction; use it before or after one");
        }
        return turn;
    }

    private Turn writing() {
        Turn turn = turn();
        if (!turn.mayWrite()) {
            throw new ObjectException(
                    ObjectFault.READ_ONLY, "a call that only reads writes nothing; use call(…)");
        }
        return turn;
    }

    private static ObjectException misplaced(String detail) {
        return new ObjectException(ObjectFault.MISPLACED, detail);
    }
}
