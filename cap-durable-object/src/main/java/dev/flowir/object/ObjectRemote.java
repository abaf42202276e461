package dev.flowir.object;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Objects that something else keeps: what {@link RemoteObjects} asks of it. Ids are texts of 64
 * hexadecimal digits.
 */
public interface ObjectRemote {

    /**
     * The id of a name, always the same.
     *
     * @param type name of the class
     * @param name any text of up to 1024 bytes
     * @return the id
     */
    String idOf(String type, String name);

    /**
     * An id that nobody has used.
     *
     * @param type name of the class
     * @return the id
     */
    String freshId(String type);

    /**
     * Whether a text is an id of a class.
     *
     * @param type name of the class
     * @param text any text
     * @return true when it is
     */
    boolean isId(String type, String text);

    /**
     * A line to an object: calls made through it arrive in their order.
     *
     * @param type name of the class
     * @param id the object's
     * @param name by which it was found
     * @return the line
     */
    Wire wire(String type, String id, Optional<String> name);

    /** A line to one object. */
    interface Wire {

        /**
         * Makes a call.
         *
         * @param call its name
         * @param input as the codec of its input writes it
         * @param limitMillis after which it shall leave nothing, if there is a limit
         * @return the answer to come, as the codec of its output writes it; failures are {@link
         *     ObjectException}s
         */
        ObjectReply<byte[]> call(String call, byte[] input, OptionalLong limitMillis);

        /**
         * Asked before a call that is waited for.
         *
         * @throws ObjectException {@link ObjectFault#HOLDS_ANOTHER} when the caller keeps an object
         *     from its next call
         */
        void ensureMayWait();
    }
}
