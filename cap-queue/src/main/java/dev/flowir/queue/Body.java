package dev.flowir.queue;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a message carries: bytes and what they are. Immutable. */
public final class Body {

    private static final Codec<JsonValue> JSON = JsonCodecs.strict().of(Type.of(JsonValue.class));

    private final ContentType type;
    private final byte[] bytes;

    private Body(ContentType type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /**
     * Text.
     *
     * @param text any text
     * @return a body of type {@link ContentType#TEXT}
     */
    public static Body text(String text) {
        return new Body(ContentType.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Bytes, copied.
     *
     * @param bytes any bytes
     * @return a body of type {@link ContentType#BYTES}
     */
    public static Body bytes(byte[] bytes) {
        return new Body(ContentType.BYTES, bytes.clone());
    }

    /**
     * JSON text, checked.
     *
     * @param text one JSON value
     * @return a body of type {@link ContentType#JSON}
     * @throws QueueException {@link QueueFault#BODY_NOT_JSON} when it is none
     */
    public static Body json(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            JSON.decode(bytes);
        } catch (CodecException e) {
            throw new QueueException(
                    QueueFault.BODY_NOT_JSON,
                    "the text is no JSON: " + e.getMessage() + "; send it as text or correct it",
                    e);
        }
        return new Body(ContentType.JSON, bytes);
    }

    /**
     * A value as {@code codec} writes it.
     *
     * @param value the payload
     * @param codec writes it; one with the id {@code json} makes a body of that type
     * @param <T> type of the payload
     * @return the body
     * @throws CodecException when the codec cannot
     */
    public static <T> Body of(T value, Codec<T> codec) throws CodecException {
        ContentType type = codec.id().equals("json") ? ContentType.JSON : ContentType.BYTES;
        return new Body(type, codec.encode(value));
    }

    /** Without a copy or a check, for what was a body before. */
    static Body wrap(ContentType type, byte[] bytes) {
        return new Body(type, bytes);
    }

    /**
     * What the bytes are.
     *
     * @return the type
     */
    public ContentType type() {
        return type;
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
        return other instanceof Body that && type == that.type && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(bytes);
    }

    /** Type and size; bodies don't belong in logs. */
    @Override
    public String toString() {
        return type + " of " + bytes.length + " bytes";
    }
}
