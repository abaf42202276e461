package dev.flowir.examples.counter;

import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;

/** Counters under names: the tokens that nodes ask with, and the handles that their bodies get. */
public final class Counters {

    /** The effect hint of reading. */
    public static final String READ_HINT = "resource::counter::read";

    /** The effect hint of counting. */
    public static final String WRITE_HINT = "resource::counter::write";

    /** The determinism hint of both. */
    public static final String HINT = "resource::counter";

    /** Reads counters. */
    public interface Reader {
        /**
         * The count under a name.
         *
         * @param name any text
         * @return 0 when nothing was counted
         */
        long count(String name);
    }

    /** Counts. */
    public interface Writer extends Reader {
        /**
         * Counts.
         *
         * @param name any text
         * @param by what is added
         * @return the new count
         */
        long add(String name, long by);
    }

    private Counters() {}

    /**
     * A token for nodes that only read.
     *
     * @param binding name that a deployment binds
     * @return the token
     */
    public static ReadToken<Reader> reader(String binding) {
        return ReadToken.of("counter", binding, Reader.class, READ_HINT, HINT);
    }

    /**
     * A token for nodes that count.
     *
     * @param binding name that a deployment binds
     * @return the token
     */
    public static WriteToken<Writer> writer(String binding) {
        return WriteToken.of("counter", binding, Writer.class, WRITE_HINT, HINT);
    }
}
