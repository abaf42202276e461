package dev.flowir.time;

import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.security.SecureRandom;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Random numbers bound under one name: the provider of {@link Chance}'s tokens. Each attempt has a
 * generator of its own, so that bodies that run beside each other do not take each other's numbers.
 * Thread-safe.
 */
public final class ChanceSource implements CapabilityProvider {

    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final String kind;
    private final String binding;
    private final Function<Scope, RandomGenerator> generators;

    private ChanceSource(String kind, String binding, Function<Scope, RandomGenerator> generators) {
        this.kind = kind;
        this.binding = binding;
        this.generators = generators;
    }

    /**
     * Numbers that nobody can foresee, from {@link SecureRandom}: fit for keys and tickets.
     *
     * @param binding name that tokens ask for
     * @return the provider
     */
    public static ChanceSource secure(String binding) {
        SecureRandom secure = new SecureRandom();
        return new ChanceSource("rng.secure", binding, scope -> secure);
    }

    /**
     * Numbers from a seed, one series for each item: the same in every attempt at it, on every
     * machine and after every restart. An item is told by its idempotency key, which has the run's
     * id in it; a durable run whose id the caller chose therefore draws the same when it is run
     * again elsewhere. Whoever knows the seed can foresee them.
     *
     * @param binding name that tokens ask for
     * @param seed any number
     * @return the provider
     */
    public static ChanceSource perItem(String binding, long seed) {
        return new ChanceSource(
                "rng.item",
                binding,
                scope -> new SplittableRandom(seed ^ hash(scope.idempotencyKey())));
    }

    /**
     * Numbers from a seed, one series for each attempt, split off in the order in which attempts
     * ask: the same whenever a test does the same things one after the other, whatever the runs'
     * ids are. Whoever knows the seed can foresee them.
     *
     * @param binding name that tokens ask for
     * @param seed any number
     * @return the provider
     */
    public static ChanceSource inOrder(String binding, long seed) {
        SplittableRandom root = new SplittableRandom(seed);
        ReentrantLock lock = new ReentrantLock();
        return new ChanceSource(
                "rng.order",
                binding,
                scope -> {
                    lock.lock();
                    try {
                        return root.split();
                    } finally {
                        lock.unlock();
                    }
                });
    }

    /** FNV-1a over the characters. {@link SplittableRandom} mixes what it is seeded with. */
    private static long hash(String key) {
        long hash = FNV_START;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String binding() {
        return binding;
    }

    @Override
    public Set<String> hints() {
        return Set.of(Chance.READ_HINT);
    }

    @Override
    public Descriptor descriptor() {
        return Descriptor.inMemory();
    }

    @Override
    public <H> H handle(Token<H> token, Scope scope) {
        return token.handle().cast(generators.apply(scope));
    }
}
