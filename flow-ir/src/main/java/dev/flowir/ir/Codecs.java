package dev.flowir.ir;

/** Finds the codec of a type. */
@FunctionalInterface
public interface Codecs {

    /**
     * {@return the codec of {@code type}; the same for equal types}
     *
     * @param <T> what it encodes and decodes
     * @param type the same with its arguments
     */
    <T> Codec<T> of(Type<T> type);
}
