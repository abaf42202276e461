package dev.flowir.ir;

/** Finds the codec of a type. */
@FunctionalInterface
public interface Codecs {

    /** The codec of {@code type}; the same for equal types. */
    <T> Codec<T> of(Type<T> type);
}
