package dev.flowir.object;

/**
 * The objects of one class. Finding one creates nothing: its constructor runs at the first call.
 *
 * @param <R> how one is used: {@link ObjectRef} or {@link ObjectViewRef}
 */
public interface ObjectNamespace<R> {

    /**
     * The object of a name.
     *
     * @param name any text, the same for the same object
     * @return a reference
     * @throws ObjectException {@link ObjectFault#BAD_NAME}
     */
    R named(String name);

    /**
     * The object of an id.
     *
     * @param id from here or from {@link #parse}
     * @return a reference
     * @throws ObjectException {@link ObjectFault#FOREIGN_ID} when it is of another class
     */
    R at(ObjectId id);

    /** {@return an object that nobody has called before, under a new random id} */
    R fresh();

    /**
     * The id of a name.
     *
     * @param name any text
     * @return always the same for this class and name
     * @throws ObjectException {@link ObjectFault#BAD_NAME}
     */
    ObjectId idOf(String name);

    /**
     * The id that a text stands for.
     *
     * @param text what {@link ObjectId#toString} gave
     * @return the id
     * @throws ObjectException {@link ObjectFault#FOREIGN_ID} when it is none of this class
     */
    ObjectId parse(String text);
}
