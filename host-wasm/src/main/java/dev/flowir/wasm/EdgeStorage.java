package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Type;
import dev.flowir.object.Entries;
import dev.flowir.object.ObjectBookmark;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectLife;
import dev.flowir.object.ObjectSql;
import dev.flowir.object.ObjectStorage;
import dev.flowir.object.StoredKey;
import dev.flowir.wasm.json.EdgeCodec;
import dev.flowir.wasm.json.FormBook;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Entries of an object in the platform's storage, as JSON text. */
final class EdgeStorage implements ObjectStorage {

    private final EdgeContext context;
    private final JsObject js;

    EdgeStorage(EdgeContext context, JsObject js) {
        this.context = context;
        this.js = js;
    }

    Optional<String> text(String key) {
        context.ensureTurn();
        return js.has(key) ? Optional.of(js.get(key)) : Optional.empty();
    }

    private static <T> EdgeCodec<T> codec(Type<T> type) {
        try {
            return FormBook.ofWorker().edge(type);
        } catch (IllegalArgumentException unknown) {
            throw new ObjectException(
                    ObjectFault.NOT_STORABLE,
                    "the worker was built without JSON of "
                            + type
                            + "; name its key with ObjectClass.keeps(…)",
                    unknown);
        }
    }

    static <T> T decode(Type<T> type, String key, String text) {
        try {
            return codec(type).read(text);
        } catch (CodecException e) {
            throw new ObjectException(
                    ObjectFault.NOT_READABLE,
                    "what is stored under '" + key + "' is no value of its type: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public <T> Optional<T> get(StoredKey<T> key) {
        Optional<String> found = text(key.text());
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(decode(key.type(), key.text(), found.get()));
    }

    @Override
    public <T> void put(StoredKey<T> key, T value) {
        store(key, value);
    }

    /** Stores a value and answers its text. */
    <T> String store(StoredKey<T> key, T value) {
        context.ensureWriting();
        int length = ObjectLife.keyBytes(key.text());
        String text;
        try {
            text = codec(key.type()).write(value);
        } catch (CodecException e) {
            throw new ObjectException(
                    ObjectFault.NOT_STORABLE,
                    "the value for '" + key.text() + "' cannot be stored: " + e.getMessage(),
                    e);
        }
        int bytes = length + text.getBytes(UTF_8).length;
        if (bytes > EdgeObject.LIMITS.maxEntryBytes()) {
            throw new ObjectException(
                    ObjectFault.ENTRY_TOO_LARGE,
                    "key and value have "
                            + bytes
                            + " bytes together, the most is "
                            + EdgeObject.LIMITS.maxEntryBytes()
                            + "; keep the value in a blob store and its key here");
        }
        js.put(key.text(), text);
        return text;
    }

    @Override
    public boolean delete(String key) {
        context.ensureWriting();
        return js.delete(key);
    }

    @Override
    public <T> SequencedMap<String, T> list(Entries entries, Class<T> type) {
        context.ensureTurn();
        int bound = EdgeObject.LIMITS.maxListEntries();
        int limit = entries.limit().orElse(bound);
        if (limit < 1 || limit > bound) {
            throw new ObjectException(
                    ObjectFault.BAD_LIMIT, "a list has 1 to " + bound + " entries, not " + limit);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        boolean[] more = new boolean[1];
        js.list(
                entries.prefix(),
                entries.start().orElse(""),
                entries.startAfter().orElse(""),
                entries.end().orElse(""),
                entries.order() == Entries.Order.DESCENDING,
                (key, text) -> {
                    if (!entries.holds(key)) {
                        return true;
                    }
                    more[0] = texts.size() == limit;
                    if (!more[0]) {
                        texts.put(key, text);
                    }
                    return !more[0];
                });
        if (more[0] && entries.limit().isEmpty()) {
            throw new ObjectException(
                    ObjectFault.BAD_LIMIT,
                    "there are more than "
                            + bound
                            + " entries; ask for them in parts, each after the last key of the one"
                            + " before");
        }
        SequencedMap<String, T> answer = new LinkedHashMap<>();
        for (Map.Entry<String, String> one : texts.entrySet()) {
            answer.put(one.getKey(), decode(Type.of(type), one.getKey(), one.getValue()));
        }
        return answer;
    }

    @Override
    public ObjectSql sql() {
        return new EdgeObjectSql(context, js);
    }

    @Override
    public void deleteAll() {
        context.ensureWhole("deleteAll()");
        context.ensureWriting();
        js.deleteAll();
        context.choose(Optional.empty());
    }

    private static ObjectException noHistory() {
        return new ObjectException(
                ObjectFault.BAD_BOOKMARK, "objects at the edge keep no history here");
    }

    @Override
    public ObjectBookmark bookmark() {
        throw noHistory();
    }

    @Override
    public ObjectBookmark bookmarkAt(Instant at) {
        throw noHistory();
    }

    @Override
    public ObjectBookmark restoreNext(ObjectBookmark bookmark) {
        throw noHistory();
    }

    @Override
    public <T, X extends Exception> T transaction(Work<T, X> work) throws X {
        return context.nested(work);
    }

    @Override
    public void sync() {
        context.sync();
    }
}
