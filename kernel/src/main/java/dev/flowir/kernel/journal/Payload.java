package dev.flowir.kernel.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encoded bytes as a value: equal when their bytes are. Or the name of bytes that are kept in
 * {@link LargePayloads}, with their length and SHA-256.
 */
public final class Payload {

    private static final int HASH_BYTES = 32;

    private final byte[] bytes;
    private final @Nullable Elsewhere elsewhere;

    /**
     * Bytes that are kept elsewhere.
     *
     * @param name their name there
     * @param size how many
     */
    private record Elsewhere(String name, int size) {}

    private Payload(byte[] bytes, @Nullable Elsewhere elsewhere) {
        this.bytes = bytes;
        this.elsewhere = elsewhere;
    }

    /**
     * A payload.
     *
     * @param bytes what a codec gave; copied
     * @return the payload
     */
    public static Payload of(byte[] bytes) {
        return wrap(bytes.clone());
    }

    /** As {@link #of} without a copy, for bytes that nobody else has. */
    static Payload wrap(byte[] bytes) {
        return new Payload(bytes, null);
    }

    /** Names {@code bytes}, which are kept under {@code name}. */
    static Payload elsewhere(String name, byte[] bytes) {
        ByteSink out = new ByteSink();
        out.number(bytes.length);
        out.block(Sha256.of(bytes));
        out.text(name);
        return new Payload(out.toBytes(), new Elsewhere(name, bytes.length));
    }

    /**
     * A payload that is kept elsewhere, as {@link #bytes} of it gave.
     *
     * @param reference the bytes
     * @return the payload
     */
    public static Payload reference(byte[] reference) {
        ByteSource in = new ByteSource(reference, reference.length);
        int size = in.small();
        byte[] hash = in.block();
        String name = in.text();
        in.finish();
        if (hash.length != HASH_BYTES) {
            throw new MalformedRecordException("a hash has " + hash.length + " bytes");
        }
        return new Payload(reference.clone(), new Elsewhere(name, size));
    }

    /** The bytes themselves, to be read only. */
    byte[] raw() {
        return bytes;
    }

    /** Whether {@code loaded} is what this names. */
    boolean names(byte[] loaded) {
        Elsewhere there = elsewhere;
        return there != null && elsewhere(there.name(), loaded).equals(this);
    }

    /** {@return a copy of the bytes; of one that is kept elsewhere, those that name it} */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** {@return how many bytes the codec gave} */
    public int size() {
        Elsewhere there = elsewhere;
        return there == null ? bytes.length : there.size();
    }

    /** {@return its name in {@link LargePayloads}; empty when its bytes are in this} */
    public Optional<String> name() {
        return Optional.ofNullable(elsewhere).map(Elsewhere::name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that
                && (elsewhere == null) == (that.elsewhere == null)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** {@return the bytes as text: what the codec wrote is most often JSON} */
    @Override
    public String toString() {
        return elsewhere == null
                ? new String(bytes, StandardCharsets.UTF_8)
                : "(" + size() + " bytes, kept beside the journal)";
    }
}
