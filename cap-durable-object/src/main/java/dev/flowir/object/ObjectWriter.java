package dev.flowir.object;

/** Looks at objects and calls them: what an effectful node gets. */
public interface ObjectWriter extends ObjectReader {

    /**
     * The objects of a class.
     *
     * @param type the class
     * @param <C> the class in Java
     * @return where single ones are found
     * @throws ObjectException {@link ObjectFault#UNKNOWN_CLASS} when the space was not given it
     */
    <C> ObjectNamespace<ObjectRef<C>> of(ObjectClass<C> type);
}
