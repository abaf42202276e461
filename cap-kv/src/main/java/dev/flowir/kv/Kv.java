package dev.flowir.kv;

import dev.flowir.ir.Guarantee;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;

/** Tokens of the key-value capability: what a node definition asks for. */
public final class Kv {

    /** The kind of capability, as tokens name it. */
    public static final String CAPABILITY = "kv";

    /** Hint of nodes that read. */
    public static final String READ_HINT = "resource::kv::read";

    /** Hint of nodes that write. */
    public static final String WRITE_HINT = "resource::kv::write";

    /** Determinism hint of every use: what is read may change. */
    public static final String DETERMINISM_HINT = "resource::kv";

    private Kv() {}

    /**
     * Reads of the namespace bound as {@code binding}.
     *
     * @param binding name that a deployment binds
     * @return a token whose handle reads
     */
    public static ReadToken<KvReader> reader(String binding) {
        return ReadToken.of(CAPABILITY, binding, KvReader.class, READ_HINT, DETERMINISM_HINT);
    }

    /**
     * Reads and writes of the namespace bound as {@code binding}.
     *
     * @param binding name that a deployment binds
     * @return a token whose handle reads and writes
     */
    public static WriteToken<KvWriter> writer(String binding) {
        return WriteToken.of(CAPABILITY, binding, KvWriter.class, WRITE_HINT, DETERMINISM_HINT);
    }

    /**
     * Writes that depend on the value they replace. Asks for {@link Guarantee#COMPARE_AND_SET}, so
     * that a flow with it is refused before it runs where the provider cannot do that.
     *
     * @param binding name that a deployment binds
     * @return a token whose handle compares and sets
     */
    public static WriteToken<KvAtomicWriter> atomicWriter(String binding) {
        return WriteToken.of(
                        CAPABILITY, binding, KvAtomicWriter.class, WRITE_HINT, DETERMINISM_HINT)
                .requiring(Guarantee.COMPARE_AND_SET);
    }
}
