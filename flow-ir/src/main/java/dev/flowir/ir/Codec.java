package dev.flowir.ir;

/**
 * Turns payloads of one type into bytes and back. Payloads pass between nodes as Java objects; a
 * codec works only at a boundary: HTTP, queue, journal, spill.
 *
 * @param <T> type of the payload
 */
public interface Codec<T> {

    /** Short id of the format, stored beside the bytes, for example {@code json}. */
    String id();

    /**
     * The bytes of {@code value}.
     *
     * @throws CodecException when the value cannot be written
     */
    byte[] encode(T value) throws CodecException;

    /**
     * The payload in {@code bytes}.
     *
     * @throws CodecException when the bytes are not a {@code T}
     */
    T decode(byte[] bytes) throws CodecException;
}
