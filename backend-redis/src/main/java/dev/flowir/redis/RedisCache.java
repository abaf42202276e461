package dev.flowir.redis;

import dev.flowir.cache.CacheBounds;
import dev.flowir.cache.CacheRemote;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers on a server: a hash of them, each behind the moment when it is over, and a sorted set of
 * these moments. An answer is looked up by one plain read, and its age told by the server's clock.
 */
final class RedisCache implements CacheRemote {

    private static final byte[] SERVERS = new byte[0];

    private final Link link;
    private final ServerClock clock;
    private final Optional<InstantSource> told;
    private final byte[] answers;
    private final byte[] ends;

    /**
     * The answers of a binding.
     *
     * @param names what their keys begin with
     * @param told by which answers grow old, for tests; the server's when empty
     */
    RedisCache(Link link, String names, Optional<InstantSource> told) {
        this.link = link;
        this.clock = new ServerClock(link, told);
        this.told = told;
        this.answers = Server.utf8(names + ":answers");
        this.ends = Server.utf8(names + ":ends");
    }

    @Override
    public Optional<byte[]> find(String key) {
        byte[] field = Server.utf8(key);
        byte @Nullable [] kept =
                link.call(answers.length + field.length, redis -> redis.hget(answers, field));
        return kept == null ? Optional.empty() : unlessOver(kept);
    }

    private Optional<byte[]> unlessOver(byte[] kept) {
        int blank = 0;
        while (kept[blank] != ' ') {
            blank++;
        }
        long over = Long.parseLong(new String(kept, 0, blank, StandardCharsets.US_ASCII));
        return over <= clock.millis()
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(kept, blank + 1, kept.length));
    }

    @Override
    public long keep(String key, byte[] answer, CacheBounds bounds) {
        return link.number(
                Script.CACHE_KEEP,
                new byte[][] {answers, ends},
                Server.utf8(key),
                answer,
                Wording.number(bounds.kept().toMillis()),
                Wording.number(bounds.maxEntries()),
                told.map(now -> Wording.number(now.millis())).orElse(SERVERS));
    }

    @Override
    public long entries() {
        return link.call(answers.length, redis -> redis.hlen(answers));
    }

    @Override
    public void clear() {
        var unused = link.call(answers.length + ends.length, redis -> redis.unlink(answers, ends));
    }
}
