package dev.flowir.redis;

import dev.flowir.limit.RateRemote;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Buckets on a server: a key for each that is not full, which the server forgets when it is. */
final class RedisRates implements RateRemote {

    /** The time when the server's is meant. */
    private static final byte[][] SERVERS = {new byte[0], new byte[0]};

    private final Link link;
    private final String names;
    private final Optional<InstantSource> clock;

    /**
     * The buckets of a binding.
     *
     * @param names what all its keys begin with
     * @param clock by which they fill, for tests; the server's when empty
     */
    RedisRates(Link link, String names, Optional<InstantSource> clock) {
        this.link = link;
        this.names = names;
        this.clock = clock;
    }

    @Override
    public long draw(String key, Draw draw) {
        byte[][] now = clock.map(source -> parts(source.instant())).orElse(SERVERS);
        return link.number(
                Script.RATE_DRAW,
                bucket(key),
                number(draw.cost()),
                number(draw.room()),
                number(draw.mostWait()),
                number(draw.mostAhead()),
                now[0],
                now[1]);
    }

    @Override
    public void giveBack(String key, long cost) {
        link.number(Script.RATE_GIVE_BACK, bucket(key), number(cost));
    }

    private byte[][] bucket(String key) {
        return new byte[][] {Server.utf8(names + ":" + key)};
    }

    private static byte[][] parts(Instant at) {
        return new byte[][] {number(at.getEpochSecond()), number(at.getNano())};
    }

    private static byte[] number(long value) {
        return Server.utf8(Long.toString(value));
    }
}
