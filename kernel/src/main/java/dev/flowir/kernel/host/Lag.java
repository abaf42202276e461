package dev.flowir.kernel.host;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.SlowConsumer;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What waits between a stream's producer, which does not wait, and its consumer: as the flow says
 * by {@link SlowConsumer}. For one thread at a time; hosts share it, whatever their threads are.
 */
public final class Lag {

    /** Code of a stream that broke because its consumer did not keep up. */
    public static final String CODE = "RUN040";

    /** An item, and since when it waits. */
    private record Waiting(Object item, long sinceNanos) {}

    private final SlowConsumer how;
    private final String node;
    private final ArrayDeque<Waiting> line = new ArrayDeque<>();
    private String over = "";

    /**
     * Nothing waits.
     *
     * @param how what becomes of a consumer that does not keep up
     * @param node alias of the node that gives the stream, for people
     */
    public Lag(SlowConsumer how, String node) {
        this.how = how;
        this.node = node;
    }

    /**
     * What a flow says of slow consumers.
     *
     * @param flow the flow
     * @param capture alias of the node that it ends in
     * @return what becomes of them; empty when the producer waits
     */
    public static Optional<SlowConsumer> of(FlowDefinition flow, String capture) {
        for (NodeDefinition node : flow.nodes()) {
            if (node.alias().equals(capture)) {
                return node.slowConsumer();
            }
        }
        return Optional.empty();
    }

    /** {@return items that the producer is asked for before the first is there} */
    public int first() {
        return how instanceof SlowConsumer.Disconnect it ? (int) it.maxItems() + 1 : 1;
    }

    /**
     * An item arrived.
     *
     * @param item what
     * @param nowNanos time on any clock that never goes back
     * @return items to ask the producer for now; none when the consumer is {@link #isOver out}
     */
    public int arrived(Object item, long nowNanos) {
        return switch (how) {
            case SlowConsumer.Conflate ignored -> {
                line.clear();
                line.add(new Waiting(item, nowNanos));
                yield 1;
            }
            case SlowConsumer.Disconnect it -> {
                line.add(new Waiting(item, nowNanos));
                if (line.size() > it.maxItems()) {
                    over(line.size() + " items wait for it, " + it.maxItems() + " may");
                }
                yield 0;
            }
        };
    }

    /** {@return the item that the consumer gets next; null when none waits} */
    public @Nullable Object poll() {
        Waiting next = line.poll();
        return next == null ? null : next.item();
    }

    /** {@return the item that took the place of the one polled before; null when none did} */
    public @Nullable Object newest() {
        return how instanceof SlowConsumer.Conflate ? poll() : null;
    }

    /** {@return items to ask the producer for when the consumer took one} */
    public int taken() {
        return how instanceof SlowConsumer.Conflate ? 0 : 1;
    }

    /**
     * {@return when the item that waits longest will have waited too long; {@link Long#MAX_VALUE}
     * when none can}
     */
    public long dueNanos() {
        Waiting oldest = line.peek();
        return oldest != null
                        && how instanceof SlowConsumer.Disconnect it
                        && it.maxMillis().isPresent()
                ? oldest.sinceNanos() + Math.min(it.maxMillis().getAsLong(), FAR) * 1_000_000
                : Long.MAX_VALUE;
    }

    /**
     * A hundred years in milliseconds: as good as for ever, and no sum of nanoseconds overflows.
     */
    private static final long FAR = 3_155_760_000_000L;

    /**
     * Time has passed.
     *
     * @param nowNanos time on the clock of {@link #arrived}
     */
    public void passed(long nowNanos) {
        long due = dueNanos();
        if (due != Long.MAX_VALUE && nowNanos - due >= 0) {
            SlowConsumer.Disconnect it = (SlowConsumer.Disconnect) how;
            over("an item waits for it for " + it.maxMillis().orElseThrow() + " ms");
        }
    }

    private void over(String why) {
        line.clear();
        over = "the consumer of '" + node + "' does not keep up: " + why;
    }

    /** {@return whether the consumer was too slow: it gets nothing more} */
    public boolean isOver() {
        return !over.isEmpty();
    }

    /** {@return why it was, for people; empty when it was not} */
    public String why() {
        return over;
    }
}
