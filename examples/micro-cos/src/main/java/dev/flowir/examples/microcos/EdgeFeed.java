package dev.flowir.examples.microcos;

import dev.flowir.examples.microcos.Chats.Heard;
import dev.flowir.examples.microcos.Chats.Snapshot;
import dev.flowir.ir.Emitter;
import dev.flowir.ir.Flow;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.object.ObjectReader;
import java.util.Map;
import java.util.Optional;

/**
 * Follows a chat at the edge, where no request can be woken by another: it asks the chat again and
 * again. Each answer is what follows the last version, so nothing is missed and nothing comes
 * twice.
 */
final class EdgeFeed {

    /**
     * Time between two looks. A stream of 25 s then keeps below fifty calls, as many as the
     * platform allows a request where it allows fewest.
     */
    static final long LOOK_MILLIS = 600;

    /** It ends when so much is left, and a client comes again with the last version it saw. */
    private static final long END_NANOS = 3_000_000_000L;

    private final Chats chats;

    EdgeFeed(Chats chats) {
        this.chats = chats;
    }

    /**
     * Who wants to follow.
     *
     * @param user whose chat
     * @param since the last version that is known; the state comes first when it is missing
     */
    record Follow(String user, Optional<Long> since) {}

    /**
     * Something that a follower gets, as on a JVM.
     *
     * @param type {@code snapshot} or {@code event}
     * @param version the version that it makes known
     * @param state of a snapshot
     * @param event of an event, as it is stored
     */
    record Told(String type, long version, Optional<Chat> state, Optional<JsonValue> event) {

        static Told of(Snapshot snapshot) {
            return new Told(
                    "snapshot", snapshot.version(), Optional.of(snapshot.chat()), Optional.empty());
        }

        static Told of(long version, JsonValue event) {
            return new Told("event", version, Optional.empty(), Optional.of(event));
        }
    }

    Flow<Follow, ItemStream<Told>> events() {
        Node<Follow, ItemStream<Told>> follow =
                Node.streams("follow", Follow.class, Told.class, Chats.LOOK, this::follow);
        return Flow.define(
                "chat-events", ChatFlows.VERSION, Follow.class, (g, in) -> g.then(in, follow));
    }

    private void follow(ObjectReader objects, Follow in, Emitter<Told> out, NodeContext context)
            throws Exception {
        // No log has a version below 0, so the state comes first.
        long known = in.since().orElse(-1L);
        while (true) {
            Heard heard = chats.since(objects, in.user(), known);
            if (heard.state().isPresent()) {
                known = heard.state().get().version();
                out.emit(Told.of(heard.state().get()));
            }
            for (JsonValue event : heard.events()) {
                known = version(event);
                out.emit(Told.of(known, event));
            }
            if (context.remainingNanos().orElse(Long.MAX_VALUE) <= END_NANOS) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static long version(JsonValue event) {
        if (event instanceof JsonValue.Obj(Map<String, JsonValue> members)
                && members.get("version") instanceof JsonValue.Num(String number)) {
            return Long.parseLong(number);
        }
        throw new IllegalStateException("an event has a version");
    }
}
