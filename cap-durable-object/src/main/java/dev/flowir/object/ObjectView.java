package dev.flowir.object;

/**
 * What nodes that only read may ask the objects of a class.
 *
 * @param <V> an interface of the class that has no writing method
 */
public final class ObjectView<V> {

    private final ObjectClass<? extends V> type;

    private ObjectView(ObjectClass<? extends V> type) {
        this.type = type;
    }

    /**
     * A view of a class.
     *
     * @param type the class
     * @param view interface of it, which names {@code V}
     * @param <V> the interface
     * @param <C> the class in Java
     * @return the view
     */
    public static <V, C extends V> ObjectView<V> of(ObjectClass<C> type, Class<V> view) {
        if (!view.isInterface()) {
            throw new IllegalArgumentException("a view is an interface: " + view.getName());
        }
        return new ObjectView<>(type);
    }

    ObjectClass<? extends V> type() {
        return type;
    }
}
