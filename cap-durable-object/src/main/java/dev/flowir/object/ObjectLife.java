package dev.flowir.object;

import dev.flowir.ir.Codecs;

/**
 * One life of an object, for who keeps objects elsewhere: what its class does when it is called.
 * Whoever uses it sees to it that one call runs at a time, that what it writes is kept together,
 * and that after a call which throws there is another life.
 *
 * @param <C> the class in Java
 */
public final class ObjectLife<C> {

    private final ObjectClass<C> type;
    private final C object;
    private final Codecs codecs;

    private ObjectLife(ObjectClass<C> type, C object, Codecs codecs) {
        this.type = type;
        this.object = object;
        this.codecs = codecs;
    }

    /**
     * Begins a life: runs the constructor.
     *
     * @param type the class
     * @param context what the object has to live with
     * @param codecs how inputs and answers become bytes
     * @param <C> the class in Java
     * @return the life
     */
    public static <C> ObjectLife<C> begin(
            ObjectClass<C> type, ObjectContext context, Codecs codecs) {
        return new ObjectLife<>(type, type.make(context), codecs);
    }

    /**
     * Whether a call only reads.
     *
     * @param type the class
     * @param name name of the call
     * @return true when it may not write
     * @throws ObjectException {@link ObjectFault#UNKNOWN_CALL}
     */
    public static boolean reads(ObjectClass<?> type, String name) {
        return found(type, name).reads();
    }

    private static <C> ObjectCall<? super C, ?, ?> found(ObjectClass<C> type, String name) {
        for (ObjectCall<? super C, ?, ?> call : type.calls()) {
            if (call.name().equals(name)) {
                return call;
            }
        }
        throw new ObjectException(
                ObjectFault.UNKNOWN_CALL,
                "the class '" + type.name() + "' has no call '" + name + "'");
    }

    /**
     * Makes a call.
     *
     * @param name its name
     * @param input as its codec wrote it
     * @return its answer, as its codec writes it
     * @throws ObjectException for everything that it throws
     */
    public byte[] call(String name, byte[] input) {
        return made(found(type, name), input);
    }

    private <I, O> byte[] made(ObjectCall<? super C, I, O> call, byte[] input) {
        I given = RemoteRef.decode(codecs, call.input(), input, "what the call is given");
        return RemoteRef.encode(codecs, call.output(), call.run(object, given), "the answer");
    }

    /**
     * Has its alarm ring.
     *
     * @param ring which ringing it is
     * @throws ObjectException for everything that it throws
     */
    public void ring(AlarmRing ring) {
        try {
            type.alarm()
                    .orElseThrow(() ->
                            new ObjectException(
                                    ObjectFault.NO_ALARM,
                                    "the class '" + type.name() + "' has no alarm handler"))
                    .ring(object, ring);
        } catch (ObjectException refused) {
            throw refused;
        } catch (Exception thrown) {
            throw ObjectCall.failed(thrown);
        }
    }

    /**
     * The id of an object.
     *
     * @param digits 64 hexadecimal digits
     * @param name by which it was found; empty when that is not known
     * @return the id
     */
    public static ObjectId id(String digits, String name) {
        return ObjectId.ofDigits(digits, name);
    }

    /**
     * The length of a key that may be one.
     *
     * @param key the key
     * @return bytes of its UTF-8
     * @throws ObjectException {@link ObjectFault#BAD_KEY}
     */
    public static int keyBytes(String key) {
        return Texts.utf8(key, ObjectFault.BAD_KEY, "the key").length;
    }

    /**
     * Whether a class has sockets.
     *
     * @param type the class
     * @return true when it has a handler of sockets
     */
    public static boolean hasSockets(ObjectClass<?> type) {
        return type.talk().isPresent();
    }

    /**
     * Whether a class has an alarm.
     *
     * @param type the class
     * @return true when it has a handler
     */
    public static boolean hasAlarm(ObjectClass<?> type) {
        return type.alarm().isPresent();
    }
}
