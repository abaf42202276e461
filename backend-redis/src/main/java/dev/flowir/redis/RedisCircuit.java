package dev.flowir.redis;

import dev.flowir.http.CircuitBreaking;
import dev.flowir.http.SharedCircuit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A circuit on a server: one key, which the server forgets a day after the last call. */
final class RedisCircuit implements SharedCircuit {

    private static final Logger LOG = LoggerFactory.getLogger(RedisCircuit.class);
    private static final byte[] NOTHING = new byte[0];

    private final Link link;
    private final byte[][] key;
    private final Optional<InstantSource> clock;

    /**
     * The circuit of a binding.
     *
     * @param names what its key begins with
     * @param clock by which it goes, for tests; the server's when empty
     */
    RedisCircuit(Link link, String names, Optional<InstantSource> clock) {
        this.link = link;
        this.key = new byte[][] {Server.utf8(names)};
        this.clock = clock;
    }

    @Override
    public Answer ask(CircuitBreaking rules) {
        try {
            List<?> said =
                    link.list(
                            Script.CIRCUIT_ASK, key, open(rules), number(rules.probes()), moment());
            long period = Wording.number(said.get(0));
            return period < 0
                    ? new Answer.Stop(Duration.ofMillis(Wording.number(said.get(1))))
                    : new Answer.Go(period);
        } catch (RedisException failure) {
            note(failure);
            return new Answer.Away();
        }
    }

    @Override
    public void tell(CircuitBreaking rules, long period, Outcome outcome) {
        try {
            link.number(
                    Script.CIRCUIT_TELL,
                    key,
                    number(period),
                    coded(outcome),
                    number(rules.window()),
                    number(rules.minimumCalls()),
                    number(rules.failurePercent()),
                    open(rules),
                    number(rules.probes()),
                    moment());
        } catch (RedisException failure) {
            note(failure);
        }
    }

    /** The call that is guarded goes on; what another attempt would not heal, somebody has to. */
    private static void note(RedisException failure) {
        if (failure.isRetriable()) {
            LOG.debug("a shared circuit cannot be asked now", failure);
        } else {
            LOG.warn("a shared circuit cannot be asked: {}", failure.getMessage());
        }
    }

    private static byte[] coded(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> number(0);
            case FAILED -> number(1);
            case UNKNOWN -> NOTHING;
        };
    }

    private static byte[] open(CircuitBreaking rules) {
        return number(rules.openFor().toMillis());
    }

    private byte[] moment() {
        return clock.map(now -> number(now.millis())).orElse(NOTHING);
    }

    private static byte[] number(long value) {
        return Wording.number(value);
    }
}
