package dev.flowir.object.log;

import dev.flowir.ir.JsonValue;
import dev.flowir.object.Entries;
import dev.flowir.object.ObjectStorage;
import dev.flowir.object.StoredKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How a log lies in the storage of its object. Rows are put once and never again. */
final class Rows {

    /** Read together. */
    static final int PAGE = 500;

    private static final String EVENTS = "log/event/";
    private static final String EVENT_IDS = "log/id/";
    private static final String ACTIONS = "log/action/";
    private static final String ACTION_ORDER = "log/order/";
    private static final String SEGMENTS = "log/segment/";
    private static final StoredKey<JsonValue> HEAD = json("log/head");
    private static final StoredKey<JsonValue> SNAPSHOT = json("log/snapshot");

    private final ObjectStorage storage;

    /**
     * A row.
     *
     * @param version its place
     * @param chain its link
     * @param event the envelope
     */
    record Row(long version, String chain, JsonValue event) {

        JsonValue value() {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            members.put("chain", JsonValue.text(chain));
            members.put("event", event);
            return new JsonValue.Obj(members);
        }

        static Row of(long version, JsonValue value) {
            Map<String, JsonValue> members = LogJson.members(value);
            return new Row(
                    version, LogJson.word(members, "chain"), LogJson.member(members, "event"));
        }
    }

    /**
     * A stored state.
     *
     * @param version the event after which it is
     * @param chain the link of that event
     * @param state the state
     */
    record Stored(long version, String chain, JsonValue state) {}

    /**
     * A part of the archive.
     *
     * @param first its first event
     * @param last its last event
     * @param key where it is
     * @param sha256 of its bytes
     */
    record Segment(long first, long last, String key, String sha256) {}

    /**
     * A client action that was seen.
     *
     * @param version the event that it became
     * @param eventId id of that event
     * @param millis when
     */
    record Action(long version, String eventId, long millis) {}

    Rows(ObjectStorage storage) {
        this.storage = storage;
    }

    Head head() {
        return storage.get(HEAD).map(Head::of).orElse(Head.EMPTY);
    }

    void head(Head head) {
        storage.put(HEAD, head.value());
    }

    // ---- events

    void put(Row row, String eventId) {
        storage.put(json(EVENTS + hex(row.version())), row.value());
        storage.put(json(EVENT_IDS + eventId), JsonValue.number(row.version()));
    }

    OptionalLong version(String eventId) {
        Optional<JsonValue> found = storage.get(json(EVENT_IDS + eventId));
        return found.isPresent() && found.get() instanceof JsonValue.Num(String text)
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    /** Rows after a version, a page at most. */
    List<Row> after(long version, int most) {
        Entries entries =
                Entries.under(EVENTS).after(EVENTS + hex(version)).limitedTo(Math.min(most, PAGE));
        List<Row> rows = new ArrayList<>();
        storage.list(entries, JsonValue.class)
                .forEach((key, value) -> rows.add(Row.of(version(key, EVENTS.length()), value)));
        return rows;
    }

    /** Takes out what the archive has. */
    void archived(List<Row> rows, Segment segment) {
        for (Row row : rows) {
            storage.delete(EVENTS + hex(row.version()));
            storage.delete(EVENT_IDS + LogJson.word(LogJson.members(row.event()), "event_id"));
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("last", JsonValue.number(segment.last()));
        members.put("key", JsonValue.text(segment.key()));
        members.put("sha256", JsonValue.text(segment.sha256()));
        storage.put(json(SEGMENTS + hex(segment.first())), new JsonValue.Obj(members));
    }

    /** Parts of the archive from an event on, a page at most. */
    List<Segment> segments(long first) {
        List<Segment> segments = new ArrayList<>();
        Entries entries = Entries.under(SEGMENTS).from(SEGMENTS + hex(first)).limitedTo(PAGE);
        storage.list(entries, JsonValue.class)
                .forEach((key, value) -> {
                    Map<String, JsonValue> members = LogJson.members(value);
                    segments.add(
                            new Segment(
                                    version(key, SEGMENTS.length()),
                                    LogJson.number(members, "last"),
                                    LogJson.word(members, "key"),
                                    LogJson.word(members, "sha256")));
                });
        return segments;
    }

    // ---- the stored state

    Optional<Stored> snapshot() {
        return storage.get(SNAPSHOT)
                .map(LogJson::members)
                .map(members ->
                        new Stored(
                                LogJson.number(members, "version"),
                                LogJson.word(members, "chain"),
                                LogJson.member(members, "state")));
    }

    void snapshot(Stored stored) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("version", JsonValue.number(stored.version()));
        members.put("chain", JsonValue.text(stored.chain()));
        members.put("state", stored.state());
        storage.put(SNAPSHOT, new JsonValue.Obj(members));
    }

    // ---- client actions

    Optional<Action> action(String id) {
        return storage.get(json(ACTIONS + id))
                .map(LogJson::members)
                .map(members ->
                        new Action(
                                LogJson.number(members, "version"),
                                LogJson.word(members, "event_id"),
                                LogJson.number(members, "millis")));
    }

    void put(String id, Action action) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("version", JsonValue.number(action.version()));
        members.put("event_id", JsonValue.text(action.eventId()));
        members.put("millis", JsonValue.number(action.millis()));
        storage.put(json(ACTIONS + id), new JsonValue.Obj(members));
        storage.put(json(ACTION_ORDER + hex(action.version())), JsonValue.text(id));
    }

    /**
     * Forgets the oldest actions: all beyond the window, and of those that are too old two at a
     * time, so that an append stays short.
     *
     * @return how many are left
     */
    int forget(int known, int window, long before) {
        int left = known;
        int overdue = Math.max(0, known - window);
        Entries oldest = Entries.under(ACTION_ORDER).limitedTo(overdue + 2);
        for (Map.Entry<String, JsonValue> entry :
                storage.list(oldest, JsonValue.class).entrySet()) {
            long version = version(entry.getKey(), ACTION_ORDER.length());
            if (!(entry.getValue() instanceof JsonValue.Text(String id))) {
                throw new LogException(LogFault.CHANGED, "a client action has no name");
            }
            // The same action may have come again after it was too old.
            Optional<Action> action = action(id).filter(seen -> seen.version() == version);
            boolean old = action.isEmpty() || action.get().millis() <= before;
            if (left <= window && !old) {
                break;
            }
            storage.delete(entry.getKey());
            if (action.isPresent()) {
                storage.delete(ACTIONS + id);
            }
            left--;
        }
        return left;
    }

    private static StoredKey<JsonValue> json(String key) {
        return StoredKey.of(key, JsonValue.class);
    }

    private static String hex(long version) {
        return EventIds.hex(version);
    }

    private static long version(String key, int prefix) {
        return Long.parseLong(key.substring(prefix), 16);
    }
}
