package dev.flowir.object;

import java.util.Optional;
import java.util.function.Function;

/**
 * A class of objects: its stored name, and how one is made when it wakes.
 *
 * @param <C> the class in Java
 */
public final class ObjectClass<C> {

    private final String name;
    private final Function<ObjectContext, C> constructor;
    private final Optional<Alarm<C>> alarm;
    private final Optional<Talk<C>> talk;

    /** What it does with sockets, and how they behave. */
    record Talk<C>(SocketHandler<C> handler, SocketOptions options) {}

    /**
     * What an object does when its alarm rings.
     *
     * @param <C> the class in Java
     */
    @FunctionalInterface
    public interface Alarm<C> {

        /**
         * Runs on the object, alone, as a call does. At least once for each alarm.
         *
         * @param object the object
         * @param ring which attempt it is
         * @throws Exception to have it rung again, at most {@link ObjectLimits#alarmRetries()}
         *     times
         */
        void ring(C object, AlarmRing ring) throws Exception;
    }

    private ObjectClass(
            String name,
            Function<ObjectContext, C> constructor,
            Optional<Alarm<C>> alarm,
            Optional<Talk<C>> talk) {
        this.name = name;
        this.constructor = constructor;
        this.alarm = alarm;
        this.talk = talk;
    }

    /**
     * A class without an alarm.
     *
     * @param name stored with every object: never change it. Letters, digits, {@code _ . -}
     * @param constructor runs at every wake, alone; fields live until the object is evicted
     * @param <C> the class in Java
     * @return the class
     */
    public static <C> ObjectClass<C> of(String name, Function<ObjectContext, C> constructor) {
        if (!name.matches("[A-Za-z0-9_.-]{1,64}")) {
            throw new IllegalArgumentException(
                    "a class has a name of 1 to 64 letters, digits, '_', '.' and '-': " + name);
        }
        return new ObjectClass<>(name, constructor, Optional.empty(), Optional.empty());
    }

    /**
     * The class with an alarm.
     *
     * @param handler what happens when it rings
     * @return the class
     */
    public ObjectClass<C> alarm(Alarm<C> handler) {
        return new ObjectClass<>(name, constructor, Optional.of(handler), talk);
    }

    /**
     * The class with sockets.
     *
     * @param handler what happens with them
     * @param options how they behave
     * @return the class
     */
    public ObjectClass<C> sockets(SocketHandler<C> handler, SocketOptions options) {
        return new ObjectClass<>(
                name, constructor, alarm, Optional.of(new Talk<>(handler, options)));
    }

    /** {@return the stored name} */
    public String name() {
        return name;
    }

    C make(ObjectContext context) {
        return constructor.apply(context);
    }

    Optional<Alarm<C>> alarm() {
        return alarm;
    }

    Optional<Talk<C>> talk() {
        return talk;
    }

    @Override
    public String toString() {
        return name;
    }
}
