package dev.flowir.blob;

import dev.flowir.kernel.cap.Utf8Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ranges of keys that are kept elsewhere, where one can only go on behind a key. */
final class RemoteRange implements Listing.Source {

    private static final int MOST_AT_ONCE = 1000;
    private static final int MOST_KEY_BYTES = 1024;

    /** The last of all characters. */
    private static final String LAST = new String(Character.toChars(Character.MAX_CODE_POINT));

    private final BlobRemote remote;
    private final String prefix;

    RemoteRange(BlobRemote remote, String prefix) {
        this.remote = remote;
        this.prefix = prefix;
    }

    @Override
    public List<BlobInfo> range(Utf8Key from, Rows.Edge edge, Optional<Utf8Key> end, int limit) {
        List<BlobInfo> found = new ArrayList<>();
        int least = edge == Rows.Edge.INCLUDED ? 0 : 1;
        Optional<String> after =
                edge == Rows.Edge.INCLUDED ? before(from) : Optional.of(from.toString());
        boolean more = true;
        while (more && found.size() < limit) {
            BlobRemote.Listed some =
                    remote.list(prefix, after, Math.min(MOST_AT_ONCE, limit - found.size()));
            for (BlobInfo info : some.objects()) {
                if (Utf8Key.wrap(Checks.utf8(info.key())).compareTo(from) >= least) {
                    found.add(info);
                }
                after = Optional.of(info.key());
            }
            more = some.more() && !some.objects().isEmpty();
        }
        return found;
    }

    /** A text before a key, as near as there is one; what lies between is left out above. */
    private Optional<String> before(Utf8Key from) {
        if (from.toString().equals(prefix)) {
            return Optional.empty();
        }
        int length = from.length() - 1;
        byte last = from.bytes()[length];
        String start = from.start(length).toString();
        if (last > 0) {
            String near = start + (char) (last - 1);
            return Optional.of(length + LAST.length() * 2 < MOST_KEY_BYTES ? near + LAST : near);
        }
        return Optional.of(prefix).filter(text -> !text.isEmpty());
    }
}
