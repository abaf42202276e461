package dev.flowir.kv;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes with ways in and out: raw, as text, or typed by a codec. Immutable. */
public final class KvValue {

    private final byte[] bytes;

    private KvValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * These bytes, copied.
     *
     * @param bytes any bytes
     * @return the value
     */
    public static KvValue of(byte[] bytes) {
        return new KvValue(bytes.clone());
    }

    /**
     * This text in UTF-8.
     *
     * @param text any text
     * @return the value
     */
    public static KvValue of(String text) {
        return new KvValue(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A payload as a codec writes it.
     *
     * @param value the payload
     * @param codec writes it
     * @param <T> type of the payload
     * @return the value
     * @throws CodecException when the codec cannot
     */
    public static <T> KvValue of(T value, Codec<T> codec) throws CodecException {
        return new KvValue(codec.encode(value));
    }

    /** Without a copy, for bytes that nobody else keeps. */
    static KvValue wrap(byte[] bytes) {
        return new KvValue(bytes);
    }

    /**
     * The bytes.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The bytes read as UTF-8.
     *
     * @return the text
     */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The bytes read by a codec.
     *
     * @param codec reads them
     * @param <T> type of the payload
     * @return the payload
     * @throws CodecException when they are not a {@code T}
     */
    public <T> T as(Codec<T> codec) throws CodecException {
        return codec.decode(bytes.clone());
    }

    /**
     * Size.
     *
     * @return bytes
     */
    public int size() {
        return bytes.length;
    }

    /** The bytes themselves: not to be changed. */
    byte[] raw() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KvValue that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The size; values don't belong in logs. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
