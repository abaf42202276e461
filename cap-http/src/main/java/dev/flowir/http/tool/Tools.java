package dev.flowir.http.tool;

import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;

/**
 * Tokens of the tool capability: what a node definition asks for. A tool may do anything, so to
 * call one is an effect; a deployment names those that only read.
 */
public final class Tools {

    /** The kind of capability, as tokens name it. */
    public static final String CAPABILITY = "tool";

    /** Hint of nodes that list tools, and ask those that only read. */
    public static final String READ_HINT = "resource::tool::read";

    /** Hint of nodes that call tools. */
    public static final String CALL_HINT = "resource::tool::call";

    /** Determinism hint of every use: the same call may be answered differently. */
    public static final String DETERMINISM_HINT = "resource::tool";

    private Tools() {}

    /**
     * The tools bound as {@code binding} that only read.
     *
     * @param binding name that a deployment binds
     * @return a token whose handle lists tools, and calls those that {@link ToolSettings#reading}
     *     names
     */
    public static ReadToken<ToolReader> reader(String binding) {
        return ReadToken.of(CAPABILITY, binding, ToolReader.class, READ_HINT, DETERMINISM_HINT);
    }

    /**
     * The tools bound as {@code binding}.
     *
     * @param binding name that a deployment binds
     * @return a token whose handle calls all tools
     */
    public static WriteToken<ToolCaller> caller(String binding) {
        return WriteToken.of(CAPABILITY, binding, ToolCaller.class, CALL_HINT, DETERMINISM_HINT);
    }
}
