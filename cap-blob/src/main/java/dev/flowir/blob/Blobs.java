package dev.flowir.blob;

import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;

/** Tokens of the blob capability: what a node definition asks for. */
public final class Blobs {

    /** The kind of capability, as tokens name it. */
    public static final String CAPABILITY = "blob";

    /** Hint of nodes that read. */
    public static final String READ_HINT = "resource::blob::read";

    /** Hint of nodes that write. */
    public static final String WRITE_HINT = "resource::blob::write";

    /** Determinism hint of every use: what is read may change. */
    public static final String DETERMINISM_HINT = "resource::blob";

    private Blobs() {}

    /**
     * Reads of the bucket bound as {@code binding}.
     *
     * @param binding name that a deployment binds
     * @return a token whose handle reads
     */
    public static ReadToken<BlobReader> reader(String binding) {
        return ReadToken.of(CAPABILITY, binding, BlobReader.class, READ_HINT, DETERMINISM_HINT);
    }

    /**
     * Reads and writes of the bucket bound as {@code binding}.
     *
     * @param binding name that a deployment binds
     * @return a token whose handle reads and writes
     */
    public static WriteToken<BlobWriter> writer(String binding) {
        return WriteToken.of(CAPABILITY, binding, BlobWriter.class, WRITE_HINT, DETERMINISM_HINT);
    }
}
