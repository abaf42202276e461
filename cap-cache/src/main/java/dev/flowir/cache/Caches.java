package dev.flowir.cache;

import dev.flowir.ir.Node;
import dev.flowir.ir.NodeBody;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Tokens of the cache capability, and nodes that answer from one. */
public final class Caches {

    /** The kind of capability, as tokens name it. */
    public static final String CAPABILITY = "cache";

    /** Hint of nodes that answer from a cache. */
    public static final String READ_HINT = "resource::cache::read";

    /** Determinism hint of every use. */
    public static final String DETERMINISM_HINT = "resource::cache";

    private Caches() {}

    /**
     * The cache bound as {@code binding}.
     *
     * @param binding name that a deployment binds
     * @return a token whose handle keeps answers
     */
    public static ReadToken<Cache> in(String binding) {
        return ReadToken.of(CAPABILITY, binding, Cache.class, READ_HINT, DETERMINISM_HINT);
    }

    /**
     * The same node, answering from a cache where it has answered before. It must be one whose
     * answer is the same again: one that computes (strict), or one that reads something that is
     * held to one state by pins (stable).
     *
     * @param <I> input
     * @param <O> output, which nobody changes
     * @param node the node
     * @param binding name of the cache that a deployment binds
     * @param key what of the input the answer depends on, 1 to 1024 characters
     * @param pins what else it depends on; at least one for a node that reads
     * @return the cached node; it reads, so a durable run records what it gives
     * @throws CacheException when the node is none of those
     */
    public static <I, O> Node<I, O> cached(
            Node<I, O> node, String binding, Function<? super I, String> key, Pin... pins) {
        ensureCacheable(node, pins.length);
        Set<Pin> held = Set.copyOf(new HashSet<>(List.of(pins)));
        NodeBody work = node.body();
        return node.through(
                in(binding),
                (cache, input, rest, context) ->
                        cache.get(
                                CacheKey.made(work, node.output(), key.apply(input), held), rest));
    }

    private static void ensureCacheable(Node<?, ?> node, int pins) {
        if (node.body() instanceof NodeBody.Streaming) {
            throw refused(CacheFault.NOT_CACHEABLE, node, "emits a stream; cache what it reads");
        }
        for (Token<?> token : node.tokens()) {
            if (!(token instanceof ReadToken<?>)) {
                throw refused(CacheFault.NOT_CACHEABLE, node, "writes through " + token);
            }
        }
        if (node.tokens().size() > 1) {
            throw refused(
                    CacheFault.NOT_CACHEABLE, node, "reads through several; cache one at a time");
        }
        if (!node.tokens().isEmpty() && pins == 0) {
            throw refused(
                    CacheFault.NO_PINS,
                    node,
                    "reads through " + node.tokens().get(0) + "; pin what it reads to one state");
        }
    }

    private static CacheException refused(CacheFault fault, Node<?, ?> node, String why) {
        return new CacheException(fault, "node '" + node.name() + "' (" + node.site() + ") " + why);
    }
}
