package dev.flowir.object;

import dev.flowir.ir.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A class of objects: its stored name, and how one is made when it wakes.
 *
 * @param <C> the class in Java
 */
public final class ObjectClass<C> {

    private static final int MAX_NAME = 64;

    private final String name;
    private final Function<ObjectContext, C> constructor;
    private final Optional<Alarm<C>> alarm;
    private final Optional<Talk<C>> talk;
    private final List<ObjectCall<? super C, ?, ?>> calls;
    private final List<StoredKey<?>> keys;

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
            Optional<Talk<C>> talk,
            List<ObjectCall<? super C, ?, ?>> calls,
            List<StoredKey<?>> keys) {
        this.name = name;
        this.constructor = constructor;
        this.alarm = alarm;
        this.talk = talk;
        this.calls = calls;
        this.keys = keys;
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
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "a class has a name of 1 to 64 letters, digits, '_', '.' and '-': " + name);
        }
        return new ObjectClass<>(
                name, constructor, Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    /** Without a pattern, which an isolate would have to carry the machinery of. */
    private static boolean isName(String text) {
        boolean good = !text.isEmpty() && text.length() <= MAX_NAME;
        for (int i = 0; i < text.length() && good; i++) {
            char c = text.charAt(i);
            good =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "_.-".indexOf(c) >= 0;
        }
        return good;
    }

    /**
     * The class with an alarm.
     *
     * @param handler what happens when it rings
     * @return the class
     */
    public ObjectClass<C> alarm(Alarm<C> handler) {
        return new ObjectClass<>(name, constructor, Optional.of(handler), talk, calls, keys);
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
                name, constructor, alarm, Optional.of(new Talk<>(handler, options)), calls, keys);
    }

    /**
     * The class with calls that can be made by name, besides those that it has.
     *
     * @param more the calls
     * @return the class
     * @throws IllegalArgumentException when two have one name
     */
    @SafeVarargs
    public final ObjectClass<C> calls(ObjectCall<? super C, ?, ?>... more) {
        List<ObjectCall<? super C, ?, ?>> all = new ArrayList<>(calls);
        for (ObjectCall<? super C, ?, ?> one : more) {
            for (ObjectCall<? super C, ?, ?> known : all) {
                if (known.name().equals(one.name())) {
                    throw new IllegalArgumentException("two calls are named " + one.name());
                }
            }
            all.add(one);
        }
        return new ObjectClass<>(name, constructor, alarm, talk, List.copyOf(all), keys);
    }

    /**
     * The class with what its objects store, besides what was said before. Where codecs are written
     * when a program is built, they are written for these; elsewhere it need not be said.
     *
     * @param more the keys, or one of each type
     * @return the class
     */
    public ObjectClass<C> keeps(StoredKey<?>... more) {
        List<StoredKey<?>> all = new ArrayList<>(keys);
        all.addAll(List.of(more));
        return new ObjectClass<>(name, constructor, alarm, talk, calls, List.copyOf(all));
    }

    /** {@return its calls by name} */
    public List<ObjectCall<? super C, ?, ?>> calls() {
        return calls;
    }

    /** {@return types of what goes in, comes out and is stored, as far as they were said} */
    public List<Type<?>> types() {
        List<Type<?>> types = new ArrayList<>();
        for (ObjectCall<? super C, ?, ?> call : calls) {
            types.add(call.input());
            types.add(call.output());
        }
        for (StoredKey<?> key : keys) {
            types.add(key.type());
        }
        return types;
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
