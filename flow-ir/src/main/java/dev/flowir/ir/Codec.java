package dev.flowir.ir;

/**
 * Turns payloads of one type into bytes and back. Payloads pass between nodes as Java objects; a
 * codec works only at a boundary: HTTP, queue, journal, spill.
 *
 * @param <T> type of the payload
 */
public interface Codec<T> {

    /** {@return short id of the format, stored beside the bytes, for example {@code json}} */
    String id();

    /**
     * {@return the bytes of {@code value}}
     *
     * @param value what to write
     * @throws CodecException when the value cannot be written
     */
    byte[] encode(T value) throws CodecException;

    /**
     * {@return the payload in {@code bytes}}
     *
     * @param bytes what {@link #encode} gave, or what came from outside
     * @throws CodecException when the bytes are not a {@code T}
     */
    T decode(byte[] bytes) throws CodecException;
}
