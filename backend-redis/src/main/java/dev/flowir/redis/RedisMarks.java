package dev.flowir.redis;

import dev.flowir.dedupe.DedupeRemote;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Marks on a server: a key each, which the server forgets when the mark ends. */
final class RedisMarks implements DedupeRemote {

    private static final byte[] NOTHING = new byte[0];

    private final Link link;
    private final String names;
    private final Optional<InstantSource> clock;

    /**
     * The marks of a binding.
     *
     * @param names what all their keys begin with
     * @param clock by which they end, for tests; the server's when empty
     */
    RedisMarks(Link link, String names, Optional<InstantSource> clock) {
        this.link = link;
        this.names = names;
        this.clock = clock;
    }

    @Override
    public Seen look(String key) {
        List<?> seen = link.list(Script.MARK_LOOK, mark(key));
        String text = Wording.text(seen.get(0));
        long now = clock.map(InstantSource::millis).orElseGet(() -> Wording.number(seen.get(1)));
        return new Seen(text.isEmpty() ? Optional.empty() : Optional.of(text), now);
    }

    @Override
    public boolean replace(
            String key, Optional<String> seen, Optional<String> mark, long endsAtMillis) {
        return link.number(
                        Script.MARK_REPLACE,
                        mark(key),
                        text(seen),
                        text(mark),
                        clock.isPresent() ? NOTHING : Wording.number(endsAtMillis))
                == 1;
    }

    private byte[][] mark(String key) {
        return new byte[][] {Server.utf8(names + ":" + key)};
    }

    private static byte[] text(Optional<String> mark) {
        return mark.map(Server::utf8).orElse(NOTHING);
    }
}
