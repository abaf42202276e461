package dev.flowir.ir;

import java.util.List;
import java.util.Map;

/**
 * A Java type with its arguments, known without reflection: what a codec decodes to and what an
 * edge is checked against. Two types are equal when class and arguments are.
 *
 * @param <T> the type it stands for
 */
@SuppressWarnings("UnusedTypeParameter") // the parameter is the point: it types tokens and ports
public final class Type<T> {

    private final Class<?> raw;
    private final List<Type<?>> arguments;

    private Type(Class<?> raw, List<Type<?>> arguments) {
        this.raw = raw;
        this.arguments = List.copyOf(arguments);
    }

    /**
     * {@return the type of a class without type parameters}
     *
     * @param <T> the type it stands for
     * @param raw a class without type parameters
     */
    public static <T> Type<T> of(Class<T> raw) {
        return new Type<>(raw, List.of());
    }

    /**
     * {@return {@code List<T>}}
     *
     * @param <T> what the list holds
     * @param item what the list holds
     */
    public static <T> Type<List<T>> listOf(Type<T> item) {
        return new Type<>(List.class, List.of(item));
    }

    /**
     * {@return {@code List<T>}}
     *
     * @param <T> what the list holds
     * @param item what the list holds
     */
    public static <T> Type<List<T>> listOf(Class<T> item) {
        return listOf(of(item));
    }

    /**
     * {@return {@code Map<String, V>}: keys of JSON objects are text}
     *
     * @param <V> the type of the values
     * @param value the type of the values
     */
    public static <V> Type<Map<String, V>> mapOf(Type<V> value) {
        return new Type<>(Map.class, List.of(of(String.class), value));
    }

    /**
     * {@return {@code ItemStream<T>}: the output of a node that streams}
     *
     * @param <T> what the stream carries
     * @param item what the stream carries
     */
    public static <T> Type<ItemStream<T>> streamOf(Type<T> item) {
        return new Type<>(ItemStream.class, List.of(item));
    }

    static <K, A> Type<Window<K, A>> windowOf(Type<K> key, Type<A> content) {
        return new Type<>(Window.class, List.of(key, content));
    }

    /** {@return the class without its arguments} */
    public Class<?> raw() {
        return raw;
    }

    /** {@return the type arguments, empty for a plain class} */
    public List<Type<?>> arguments() {
        return arguments;
    }

    /** {@return true for the output type of nodes that stream} */
    public boolean isStream() {
        return raw == ItemStream.class;
    }

    /**
     * {@return the name that schemas carry: simple class names, for example {@code List<Order>}}
     */
    public String name() {
        if (arguments.isEmpty()) {
            return raw.getSimpleName();
        }
        StringBuilder text = new StringBuilder(raw.getSimpleName()).append('<');
        for (int i = 0; i < arguments.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(arguments.get(i).name());
        }
        return text.append('>').toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Type<?> that && raw == that.raw && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
        return 31 * raw.getName().hashCode() + arguments.hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
