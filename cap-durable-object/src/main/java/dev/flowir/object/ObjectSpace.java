package dev.flowir.object;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.WireEnds;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Where the objects of some classes live: at most one of each in memory, its entries in a store.
 * Objects wake at their first call and leave memory when nobody calls them; asleep they take no
 * heap and no thread. All methods may be called from any thread.
 */
public interface ObjectSpace extends CapabilityProvider, AutoCloseable {

    /**
     * Objects in a store. Alarms that are due ring at once. When a store has two spaces of one
     * name, the later one has the objects, and writes of the earlier one are refused.
     *
     * @param binding the name that tokens find it under; also separates spaces in the store
     * @param store keeps the entries; stays open when the space is closed
     * @param options time, limits, codecs
     * @param classes all classes of objects that live here
     * @return the space
     */
    static ObjectSpace sqlite(
            String binding, Store store, ObjectOptions options, List<ObjectClass<?>> classes) {
        return StoredSpace.open(binding, store, options, classes, () -> {});
    }

    /**
     * Objects in memory: the same rules, nothing durable.
     *
     * @param binding the name that tokens find it under
     * @param options time, limits, codecs
     * @param classes all classes of objects that live here
     * @return the space
     */
    static ObjectSpace memory(String binding, ObjectOptions options, List<ObjectClass<?>> classes) {
        Store store = Store.inMemory(StoreOptions.defaults().withClock(options.timeline()));
        return StoredSpace.open(binding, store, options, classes, store::close);
    }

    /**
     * A handle for a host's own code or an attempt.
     *
     * @param scope whose calls they are
     * @return the handle
     */
    ObjectWriter writer(Scope scope);

    /**
     * The objects of a class, for plain Java.
     *
     * @param type the class
     * @param <C> the class in Java
     * @return where single ones are found
     */
    default <C> ObjectNamespace<ObjectRef<C>> of(ObjectClass<C> type) {
        return writer(Scope.outside("objects")).of(type);
    }

    /**
     * Takes connections of clients for objects of a class: what a host is given for a path. They
     * stay open while the object sleeps.
     *
     * @param type a class with {@link ObjectClass#sockets}
     * @param name which object a client wants, by what it asked for
     * @param <C> the class in Java
     * @return who takes them
     * @throws ObjectException {@link ObjectFault#NO_SOCKETS}, {@link ObjectFault#UNKNOWN_CLASS};
     *     when a client asks, {@link ObjectFault#BAD_NAME}
     */
    <C> WireEnds wires(ObjectClass<C> type, Function<WireRequest, String> name);

    /** {@return how many sockets are open} */
    int openSockets();

    /**
     * Lets an object leave memory now, as if nobody had called it for long: for tests.
     *
     * @param id which one
     * @return false when it is not awake, or a call of it waits or runs
     */
    boolean evict(ObjectId id);

    /**
     * Waits until no call waits or runs and no alarm is due.
     *
     * @param limit how long
     * @return false when the time was over first
     * @throws InterruptedException when interrupted
     */
    boolean awaitIdle(Duration limit) throws InterruptedException;

    /** {@return numbers since it was opened} */
    ObjectStats stats();

    /**
     * Closes all sockets with code 1001, takes no more calls, waits {@link
     * ObjectOptions#closeWait()} for those that run, then gives up what is left. Alarms stay in the
     * store.
     */
    @Override
    void close();
}
