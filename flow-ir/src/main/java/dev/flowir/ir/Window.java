package dev.flowir.ir;

import java.util.List;

/**
 * What a window tells of one key and one span of time, once time has passed its end; and again,
 * with the next revision, when an item comes after that which lateness still allows.
 *
 * @param key what its items have in common; the empty text for a window without keys
 * @param startMillis its first instant, since 1970; of a session, the time of its earliest item
 * @param endMillis the first instant after it; of a session, the gap after its latest item
 * @param content its items in the order in which they came, or what they were folded to
 * @param count items in it, at least 1
 * @param revision how often it was told before: 0 for the first time
 * @param <K> type of the key
 * @param <A> type of the content
 */
public record Window<K, A>(
        K key, long startMillis, long endMillis, A content, long count, int revision) {

    /**
     * {@return the type of a window, for nodes that take one}
     *
     * @param <K> type of the key
     * @param <A> type of the content
     * @param key class of the key
     * @param content class of what items are folded to
     */
    public static <K, A> Type<Window<K, A>> of(Class<K> key, Class<A> content) {
        return of(Type.of(key), Type.of(content));
    }

    /**
     * {@return the type of a window that keeps its items}
     *
     * @param <K> type of the key
     * @param <T> type of the items
     * @param key class of the key
     * @param item class of the items
     */
    public static <K, T> Type<Window<K, List<T>>> listOf(Class<K> key, Class<T> item) {
        return of(Type.of(key), Type.listOf(item));
    }

    static <K, A> Type<Window<K, A>> of(Type<K> key, Type<A> content) {
        return Type.windowOf(key, content);
    }
}
