package dev.flowir.object;

import dev.flowir.ir.Codecs;
import dev.flowir.kernel.cap.WireRequest;
import java.util.List;
import java.util.Optional;

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

    /** What a handler of sockets does. */
    private interface News<C, T> {
        T tell(SocketHandler<C> handler, C object) throws Exception;
    }

    private <T> T told(News<C, T> news) {
        try {
            return news.tell(talk(type).handler(), object);
        } catch (ObjectException refused) {
            throw refused;
        } catch (Exception thrown) {
            throw ObjectCall.failed(thrown);
        }
    }

    private static <C> ObjectClass.Talk<C> talk(ObjectClass<C> type) {
        return type.talk()
                .orElseThrow(() ->
                        new ObjectException(
                                ObjectFault.NO_SOCKETS,
                                "the class '" + type.name() + "' has no handler of sockets"));
    }

    /**
     * How the sockets of a class behave.
     *
     * @param type the class
     * @return what it was made with
     * @throws ObjectException {@link ObjectFault#NO_SOCKETS}
     */
    public static SocketOptions sockets(ObjectClass<?> type) {
        return talk(type).options();
    }

    /**
     * A client has connected.
     *
     * @param socket the new socket
     * @param request how the client asked
     * @return its tags
     * @throws ObjectException for everything that the handler throws
     */
    public List<String> opened(ObjectSocket socket, WireRequest request) {
        return told((handler, it) -> List.copyOf(handler.opened(it, socket, request)));
    }

    /**
     * A client has sent text.
     *
     * @param socket from which one
     * @param text what
     * @throws ObjectException for everything that the handler throws
     */
    public void text(ObjectSocket socket, String text) {
        told((handler, it) -> {
            handler.text(it, socket, text);
            return true;
        });
    }

    /**
     * A client has sent bytes.
     *
     * @param socket from which one
     * @param bytes what
     * @throws ObjectException for everything that the handler throws
     */
    public void bytes(ObjectSocket socket, byte[] bytes) {
        told((handler, it) -> {
            handler.bytes(it, socket, bytes);
            return true;
        });
    }

    /**
     * A socket is closed.
     *
     * @param socket which one
     * @param code close code of RFC 6455
     * @param reason as it was said
     * @throws ObjectException for everything that the handler throws
     */
    public void closed(ObjectSocket socket, int code, String reason) {
        told((handler, it) -> {
            handler.closed(it, socket, code, reason);
            return true;
        });
    }

    /**
     * The connection of a socket has failed.
     *
     * @param socket which one
     * @param failure what went wrong
     * @throws ObjectException for everything that the handler throws
     */
    public void failed(ObjectSocket socket, Throwable failure) {
        told((handler, it) -> {
            handler.failed(it, socket, failure);
            return true;
        });
    }

    /**
     * What a client is told when its text was not handled.
     *
     * @param type the class
     * @param text what the client had sent
     * @param failure why
     * @return what to send
     */
    public static Optional<String> unhandled(ObjectClass<?> type, String text, Throwable failure) {
        return talk(type).handler().unhandled(text, failure);
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
