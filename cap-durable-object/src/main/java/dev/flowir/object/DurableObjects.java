package dev.flowir.object;

import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;

/** The tokens that nodes ask for durable objects with. */
public final class DurableObjects {

    /** The effect hint of reading. */
    public static final String READ_HINT = "resource::durable_object::read";

    /** The effect hint of calling, which may write. */
    public static final String WRITE_HINT = "resource::durable_object::write";

    /** The determinism hint of both. */
    public static final String DETERMINISM_HINT = "resource::durable_object";

    static final String CAPABILITY = "durable_object";

    private DurableObjects() {}

    /**
     * A token for nodes that only read.
     *
     * @param binding name that a deployment binds
     * @return the token
     */
    public static ReadToken<ObjectReader> reader(String binding) {
        return ReadToken.of(CAPABILITY, binding, ObjectReader.class, READ_HINT, DETERMINISM_HINT);
    }

    /**
     * A token for nodes that call objects.
     *
     * @param binding name that a deployment binds
     * @return the token
     */
    public static WriteToken<ObjectWriter> writer(String binding) {
        return WriteToken.of(CAPABILITY, binding, ObjectWriter.class, WRITE_HINT, DETERMINISM_HINT);
    }
}
