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
        /** The count under {@code name}; 0 when nothing was counted. */
        long count(String name);
    }

    /** Counts. */
    public interface Writer extends Reader {
        /** Adds {@code by} and answers the new count. */
        long add(String name, long by);
    }

    private Counters() {}

    /** A token for nodes that only read. */
    public static ReadToken<Reader> reader(String binding) {
        return ReadToken.of("counter", binding, Reader.class, READ_HINT, HINT);
    }

    /** A token for nodes that count. */
    public static WriteToken<Writer> writer(String binding) {
        return WriteToken.of("counter", binding, Writer.class, WRITE_HINT, HINT);
    }
}
