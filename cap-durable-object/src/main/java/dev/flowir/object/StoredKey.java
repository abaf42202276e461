package dev.flowir.object;

import dev.flowir.ir.Type;

/**
 * A key of an object's storage with the type of its values.
 *
 * @param text any Unicode text, ordered by its UTF-8 bytes
 * @param type what is stored under it
 * @param <T> what is stored under it
 */
public record StoredKey<T>(String text, Type<T> type) {

    /**
     * A key of values of a class.
     *
     * @param text any Unicode text
     * @param type a class without type parameters
     * @param <T> what is stored under it
     * @return the key
     */
    public static <T> StoredKey<T> of(String text, Class<T> type) {
        return new StoredKey<>(text, Type.of(type));
    }

    /**
     * A key of values with type parameters.
     *
     * @param text any Unicode text
     * @param type the type
     * @param <T> what is stored under it
     * @return the key
     */
    public static <T> StoredKey<T> of(String text, Type<T> type) {
        return new StoredKey<>(text, type);
    }
}
