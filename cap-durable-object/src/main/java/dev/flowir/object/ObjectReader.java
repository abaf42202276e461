package dev.flowir.object;

/** Looks at objects: what a node that only reads gets. */
public interface ObjectReader {

    /**
     * The objects of a class, as a view shows them.
     *
     * @param view what may be asked
     * @param <V> interface of the view
     * @return where single ones are found
     * @throws ObjectException {@link ObjectFault#UNKNOWN_CLASS} when the space was not given it
     */
    <V> ObjectNamespace<ObjectViewRef<V>> of(ObjectView<V> view);
}
