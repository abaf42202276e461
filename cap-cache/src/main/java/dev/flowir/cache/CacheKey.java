package dev.flowir.cache;

import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an answer is kept under: whose work gives it, of what type it is, what it depends on.
 *
 * @param <T> type of the answer
 */
public final class CacheKey<T> {

    /** Longest text of a key in characters. */
    public static final int MOST_CHARACTERS = 1024;

    private final Object work;
    private final Type<T> type;
    private final String key;
    private final Set<Pin> pins;

    private CacheKey(Object work, Type<T> type, String key, Set<Pin> pins) {
        this.work = work;
        this.type = type;
        this.key = key;
        this.pins = pins;
    }

    /**
     * A key for work that has a name.
     *
     * @param <T> type of the answer
     * @param work name of the work; other work has another
     * @param type type of the answer
     * @param key what the work is asked: the same text for the same answer
     * @param pins what the answer depends on besides
     * @return the key
     * @throws CacheException when {@code key} is empty or longer than {@link #MOST_CHARACTERS}
     */
    public static <T> CacheKey<T> of(String work, Type<T> type, String key, Pin... pins) {
        return made(work, type, key, Set.copyOf(new HashSet<>(List.of(pins))));
    }

    /** A key for work that is told by itself. */
    static <T> CacheKey<T> made(Object work, Type<T> type, String key, Set<Pin> pins) {
        if (key.isEmpty() || key.length() > MOST_CHARACTERS) {
            throw new CacheException(
                    CacheFault.BAD_KEY,
                    "a key is 1 to " + MOST_CHARACTERS + " characters; use a hash of what is long");
        }
        return new CacheKey<>(work, type, key, pins);
    }

    /** {@return the text of the key} */
    public String key() {
        return key;
    }

    Type<T> type() {
        return type;
    }

    /**
     * The same in all processes and for no other key. Work that is told by itself has a name there:
     * that of the flow and its node.
     */
    String digest(Scope scope) {
        Digest digest = new Digest();
        if (work instanceof String name) {
            digest.add("work").add(name);
        } else {
            digest.add("node").add(scope.flow()).add(scope.node());
        }
        return digest.add(type).add(key).add(pins).text();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey<?> that
                && work.equals(that.work)
                && type.equals(that.type)
                && key.equals(that.key)
                && pins.equals(that.pins);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * work.hashCode() + key.hashCode()) + pins.hashCode();
    }

    @Override
    public String toString() {
        return "'" + key + "'" + (pins.isEmpty() ? "" : " with " + pins);
    }
}
