package dev.flowir.object.agent;

import dev.flowir.kernel.cap.Frame;
import dev.flowir.object.Cell;
import dev.flowir.object.Entries;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.StoredKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has happened to an agent: one row of numbers for changes of its state and its events. The
 * last events are kept, so that a client which comes back gets those it has missed.
 */
final class Chronicle {

    private static final String EVENTS = AgentCore.PREFIX + "event/";
    private static final String KEYS = AgentCore.PREFIX + "once/";

    private final ObjectContext self;
    private final int maxEvents;
    private final Cell<Head> head;

    /**
     * Where it stands.
     *
     * @param version number of the last change or event
     * @param stateVersion number of the last change
     * @param forgotten number of the last event that is not kept any more
     * @param events how many are kept
     */
    record Head(long version, long stateVersion, long forgotten, int events) {}

    /**
     * An event as it is stored.
     *
     * @param text as clients get it
     * @param key under which it happens once
     */
    record Past(String text, Optional<String> key) {}

    Chronicle(ObjectContext self, int maxEvents) {
        this.self = self;
        this.maxEvents = maxEvents;
        this.head =
                self.cell(
                        StoredKey.of(AgentCore.PREFIX + "head", Head.class), new Head(0, 0, 0, 0));
    }

    long version() {
        return head.get().version();
    }

    long stateVersion() {
        return head.get().stateVersion();
    }

    /** The state changes; answers the number of the change. */
    long changed() {
        Head now = head.get();
        long next = now.version() + 1;
        head.set(new Head(next, next, now.forgotten(), now.events()));
        return next;
    }

    <T> Frame add(AgentEvent<T> event, Optional<String> key, T data) {
        Head now = head.get();
        long next = now.version() + 1;
        String text = Said.event(next, event, data);
        self.storage().put(keyOf(next), new Past(text, key));
        key.ifPresent(known -> self.storage().put(onceKey(known), next));
        head.set(new Head(next, now.stateVersion(), now.forgotten(), now.events() + 1));
        forget();
        return Said.versioned(next, text);
    }

    boolean knows(String key) {
        return self.storage().get(onceKey(key)).isPresent();
    }

    private void forget() {
        Head now = head.get();
        int spare = now.events() - maxEvents;
        if (spare <= 0) {
            return;
        }
        long last = now.forgotten();
        for (Map.Entry<String, Past> old :
                self.storage()
                        .list(Entries.under(EVENTS).limitedTo(spare), Past.class)
                        .entrySet()) {
            last = HexFormat.fromHexDigitsToLong(old.getKey().substring(EVENTS.length()));
            self.storage().delete(old.getKey());
            old.getValue().key().ifPresent(key -> self.storage().delete(KEYS + key));
        }
        head.set(new Head(now.version(), now.stateVersion(), last, maxEvents));
    }

    /** Whether all that came after a version is still there. */
    boolean reachesBack(long since) {
        Head now = head.get();
        return since >= now.forgotten() && since <= now.version();
    }

    /** What came after a version, in order; of the state only what it is now. */
    List<Frame> replay(long since, String state) {
        Head now = head.get();
        List<Frame> frames = new ArrayList<>();
        boolean stateDue = now.stateVersion() > since;
        for (Map.Entry<String, Past> past :
                self.storage()
                        .list(Entries.under(EVENTS).after(keyOf(since).text()), Past.class)
                        .entrySet()) {
            long version = HexFormat.fromHexDigitsToLong(past.getKey().substring(EVENTS.length()));
            if (stateDue && version > now.stateVersion()) {
                frames.add(Said.state(now.stateVersion(), state));
                stateDue = false;
            }
            frames.add(Said.versioned(version, past.getValue().text()));
        }
        if (stateDue) {
            frames.add(Said.state(now.stateVersion(), state));
        }
        return frames;
    }

    private static StoredKey<Past> keyOf(long version) {
        return StoredKey.of(EVENTS + HexFormat.of().toHexDigits(version), Past.class);
    }

    private static StoredKey<Long> onceKey(String key) {
        return StoredKey.of(KEYS + key, Long.class);
    }
}
