package dev.flowir.ir.json;

import java.util.Optional;
import java.util.function.Function;

/**
 * One field of a record on the wire: the same row reads it, writes it and describes it in the JSON
 * Schema.
 *
 * @param key its key
 * @param shape form of its value; a nullable field has a shape that takes {@code null}
 * @param fallback what an absent field stands for; empty means that the field is required
 * @param output whether the fallback is written out
 * @param of gets the value out of the record
 * @param <R> the record
 * @param <T> the value
 */
record Field<R, T>(
        String key, Shape<T> shape, Optional<T> fallback, Output output, Function<R, T> of) {

    /** Whether a value equal to the fallback is written. */
    enum Output {
        ALWAYS,
        LEFT_OUT_WHEN_DEFAULT
    }

    static <R, T> Field<R, T> required(String key, Shape<T> shape, Function<R, T> of) {
        return new Field<>(key, shape, Optional.empty(), Output.ALWAYS, of);
    }

    static <R, T> Field<R, T> defaulted(String key, Shape<T> shape, T fallback, Function<R, T> of) {
        return new Field<>(key, shape, Optional.of(fallback), Output.ALWAYS, of);
    }

    static <R, T> Field<R, T> leftOut(String key, Shape<T> shape, T fallback, Function<R, T> of) {
        return new Field<>(key, shape, Optional.of(fallback), Output.LEFT_OUT_WHEN_DEFAULT, of);
    }

    static <R, T> Field<R, Optional<T>> optional(
            String key, Shape<T> shape, Function<R, Optional<T>> of) {
        return leftOut(key, Shapes.optional(shape), Optional.empty(), of);
    }

    boolean isWritten(T value) {
        return output == Output.ALWAYS || !fallback.filter(value::equals).isPresent();
    }
}
