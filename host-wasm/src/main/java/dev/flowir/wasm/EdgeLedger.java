package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.kernel.journal.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the storage of an object has of a run: to which flow it is pinned, its records in order, and
 * how it ended. Records are the bytes of the codec, one character for each.
 */
final class EdgeLedger {

    private static final String RUN = "run";
    private static final String OUTCOME = "outcome";
    private static final String SEQUEL = "sequel";
    private static final String OVER = "over";
    private static final String PARENT = "parent";
    private static final String TOOK = "took/";
    private static final String OWED = "owed/";

    /** Behind all digits, so that everything else that is owed comes first. */
    private static final String OWED_END = "owed/:";

    private static final String WORD = OWED_END + "list";
    private static final String LISTED = "listed";
    private static final String RECORD = "record/";
    private static final int DIGITS = 8;

    private final JsObject js;

    EdgeLedger(JsObject js) {
        this.js = js;
    }

    /**
     * What a run is pinned to.
     *
     * @param id the run
     * @param plan hash of the flow
     * @param flow its name
     * @param generation 1, and one more for every restart
     */
    record Pinned(String id, String plan, String flow, int generation) {}

    /** To what the run is pinned; empty when there is no run. */
    Optional<Pinned> pinned() {
        if (!js.has(RUN)) {
            return Optional.empty();
        }
        String text = js.get(RUN);
        int one = text.indexOf('\n');
        int two = text.indexOf('\n', one + 1);
        int three = text.indexOf('\n', two + 1);
        return Optional.of(
                new Pinned(
                        text.substring(0, one),
                        text.substring(one + 1, two),
                        text.substring(two + 1, three < 0 ? text.length() : three),
                        three < 0 ? 1 : Integer.parseInt(text.substring(three + 1))));
    }

    /** How the run ended, as {@link #end} was given it; empty while it has not. */
    Optional<String> outcome() {
        return js.has(OUTCOME) ? Optional.of(js.get(OUTCOME)) : Optional.empty();
    }

    /** What the run that follows is begun with; empty when there is none, or it was begun. */
    Optional<String> sequel() {
        return js.has(SEQUEL) ? Optional.of(js.get(SEQUEL)) : Optional.empty();
    }

    /** The run whose step this one does; empty when nothing began it but a request. */
    Optional<String> parent() {
        return js.has(PARENT) ? Optional.of(js.get(PARENT)) : Optional.empty();
    }

    /** Which signal to a key the run took last; empty for none. */
    String took(String address) {
        return js.has(TOOK + address) ? js.get(TOOK + address) : "";
    }

    /**
     * What the list of runs is to know.
     *
     * @param state empty for nothing
     * @param generation of the run
     * @param created when it was first told, in milliseconds of the epoch
     * @param updated when it was told last, later than any time before
     */
    record Listed(String state, int generation, long created, long updated) {}

    Listed listed() {
        if (!js.has(LISTED)) {
            return new Listed("", 0, 0, 0);
        }
        List<String> parts = EdgeParts.split(js.get(LISTED));
        return new Listed(
                parts.get(0),
                Integer.parseInt(parts.get(1)),
                Long.parseLong(parts.get(2)),
                Long.parseLong(parts.get(3)));
    }

    /** Something that others are to be told. */
    record Owed(String key, String text) {

        /** Whether it is the word to the list of runs, which is the last. */
        boolean isWord() {
            return key.equals(WORD);
        }
    }

    /** What the list of runs was not told yet; empty when it was told all. */
    Optional<Owed> word() {
        return js.has(WORD) ? Optional.of(new Owed(WORD, js.get(WORD))) : Optional.empty();
    }

    /** What is to be told next; empty when nothing is owed. */
    Optional<Owed> owed() {
        List<Owed> first = new ArrayList<>();
        js.list(
                OWED,
                "",
                "",
                "",
                false,
                (key, text) -> {
                    first.add(new Owed(key, text));
                    return false;
                });
        return first.stream().findFirst();
    }

    /** All records, in order. */
    List<Payload> records() {
        List<String> texts = new ArrayList<>();
        js.list(
                RECORD,
                "",
                "",
                "",
                false,
                (key, text) -> {
                    texts.add(text);
                    return true;
                });
        return texts.stream().map(text -> Payload.of(bytes(text))).toList();
    }

    // ---- writing

    /** Everything until {@link #end} is kept together or not at all. */
    void begin() {
        Isolate.Call<Boolean> begun = Isolate.call();
        js.begin(() -> begun.done(true), begun::failed);
        begun.await();
    }

    void pin(Pinned run) {
        String generation = run.generation() == 1 ? "" : "\n" + run.generation();
        js.put(RUN, run.id() + "\n" + run.plan() + "\n" + run.flow() + generation);
    }

    void record(int number, byte[] record) {
        js.put(RECORD + digits(number), text(record));
    }

    private static String digits(int number) {
        String digits = Integer.toString(number);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    void parent(String run) {
        js.put(PARENT, run);
    }

    void taken(String address, String signal) {
        js.put(TOOK + address, signal);
    }

    /** Behind all that is owed already. */
    void owe(String text) {
        List<String> last = new ArrayList<>();
        js.list(
                OWED,
                "",
                "",
                OWED_END,
                true,
                (key, ignored) -> {
                    last.add(key.substring(OWED.length()));
                    return false;
                });
        int number = last.isEmpty() ? 1 : 1 + Integer.parseInt(last.get(0));
        js.put(OWED + digits(number), text);
    }

    void paid(Owed owed) {
        js.delete(owed.key());
    }

    void outcome(String text, long atMillis) {
        js.put(OUTCOME, text);
        js.put(OVER, Long.toString(atMillis));
    }

    /** In place of what the list of runs was not told yet: the latest is all that it needs. */
    void listed(Listed now, String word) {
        js.put(
                LISTED,
                EdgeParts.join(
                        now.state(),
                        Integer.toString(now.generation()),
                        Long.toString(now.created()),
                        Long.toString(now.updated())));
        js.put(WORD, word);
    }

    /** What was recorded, and how it ended, is gone. */
    void forgetRecords() {
        List<String> keys = new ArrayList<>();
        js.list(
                RECORD,
                "",
                "",
                "",
                false,
                (key, ignored) -> {
                    keys.add(key);
                    return true;
                });
        keys.forEach(js::delete);
        js.delete(OUTCOME);
        js.delete(OVER);
    }

    void sequel(String text) {
        js.put(SEQUEL, text);
    }

    void forgetSequel() {
        js.delete(SEQUEL);
    }

    /** When the object is woken; empty for never. */
    void alarm(Optional<Long> millis) {
        if (millis.isPresent()) {
            js.setAlarm((double) (long) millis.get());
        } else {
            js.deleteAlarm();
        }
    }

    /** Waits until what was written is on the disk, or undone. */
    void end(boolean keep) {
        Isolate.Call<Boolean> ended = Isolate.call();
        js.end(keep, () -> ended.done(true), ended::failed);
        ended.await();
        if (keep) {
            Isolate.Call<Boolean> durable = Isolate.call();
            js.sync(() -> durable.done(true), durable::failed);
            durable.await();
        }
    }

    /** When it is to be forgotten that was kept so long; empty while it has not ended. */
    Optional<Long> expiry(Duration kept) {
        return js.has(OVER)
                ? Optional.of(Long.parseLong(js.get(OVER)) + kept.toMillis())
                : Optional.empty();
    }

    /** Nothing of the run stays. */
    void forget() {
        js.deleteAll();
    }

    // ---- texts

    static String text(byte[] bytes) {
        char[] chars = new char[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            chars[i] = (char) (bytes[i] & 0xFF);
        }
        return new String(chars);
    }

    static byte[] bytes(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes;
    }

    /** A payload as the text that its codec wrote. */
    static String json(Payload payload) {
        return new String(payload.bytes(), UTF_8);
    }
}
