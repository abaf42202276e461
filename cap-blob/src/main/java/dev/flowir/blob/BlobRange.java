package dev.flowir.blob;

/**
 * Which bytes of an object to read. What reaches behind its end is cut there; a range without any
 * byte of the object is refused with {@link BlobFault#INVALID_RANGE}.
 */
public sealed interface BlobRange {

    /** All bytes. */
    record All() implements BlobRange {}

    /**
     * Bytes from a place to the end.
     *
     * @param offset the first, from 0
     */
    record From(long offset) implements BlobRange {}

    /**
     * Some bytes from a place.
     *
     * @param offset the first, from 0
     * @param length how many, at least 1
     */
    record Bytes(long offset, long length) implements BlobRange {}

    /**
     * The last bytes.
     *
     * @param suffix how many, at least 1
     */
    record Last(long suffix) implements BlobRange {}
}
