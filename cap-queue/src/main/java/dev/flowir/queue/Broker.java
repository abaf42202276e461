package dev.flowir.queue;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import java.util.List;

/**
 * Queues that share one place. Delivery is at least once and in no promised order. Thread-safe.
 *
 * <p>A name that no declared queue has is refused with {@link QueueFault#NOT_FOUND} everywhere.
 */
public interface Broker extends AutoCloseable {

    /**
     * A broker in memory: messages are gone with the process.
     *
     * @param options how it is opened
     * @return the broker
     */
    static Broker memory(BrokerOptions options) {
        return new StoredBroker("queue.memory", new MemoryVault(), options);
    }

    /**
     * A broker in an embedded store. Messages survive the process; queues declared earlier are
     * there with their settings. Sends and acknowledgements inside a transaction of the store
     * commit with it. One broker at a time per store: what an earlier one left in flight is
     * delivered again at once.
     *
     * @param store the store, which stays open when the broker is closed
     * @param options how it is opened
     * @return the broker
     */
    static Broker sqlite(Store store, BrokerOptions options) {
        return new StoredBroker("queue.sqlite", SqliteVault.open(store), options);
    }

    /**
     * A broker of queues that others keep and share: several processes have one each, and every
     * message goes to one of them. A lease ends by its time only, since nobody tells that a process
     * is gone. Consumers, batches in flight and the profile's rate of sends are those of this
     * broker.
     *
     * @param kind for example {@code queue.redis}
     * @param queues who keeps them; closed with the broker
     * @param durability what a crash there leaves
     * @param options how it is opened; messages are due by the clock of {@code queues}
     * @return the broker
     */
    static Broker shared(
            String kind,
            SharedQueues queues,
            Descriptor.Durability durability,
            BrokerOptions options) {
        return new StoredBroker(kind, new SharedKeeper(queues, durability, options), options);
    }

    /**
     * Makes a queue, or changes its settings while it works.
     *
     * @param queue its name: letters, digits, {@code -}, {@code _} and {@code .}, at most 63
     * @param settings how it behaves from now on
     * @throws QueueException {@link QueueFault#BAD_NAME}, {@link QueueFault#BAD_SETTING}, {@link
     *     QueueFault#BAD_DEAD_LETTER_QUEUE}, {@link QueueFault#TOO_MANY_QUEUES}
     */
    void declare(String queue, QueueSettings settings);

    /**
     * The queues.
     *
     * @return their names, sorted
     */
    List<String> queues();

    /**
     * What an operator does to one queue.
     *
     * @param queue its name
     * @return a handle
     */
    QueueAdmin admin(String queue);

    /**
     * Sends to one queue.
     *
     * @param queue its name
     * @param scope the attempt that sends; {@link Scope#outside} for work outside of runs
     * @return a handle
     */
    QueueSender sender(String queue, Scope scope);

    /**
     * Has a handler called with batches until the subscription is closed. A batch has messages of
     * one queue only.
     *
     * @param consumer name of the consumer, for messages and metrics
     * @param queues the queues to take from
     * @param handler works on batches
     * @return the subscription
     * @throws QueueException {@link QueueFault#CONSUMER_EXISTS} when one of the queues has an
     *     active consumer; its message names that one
     */
    Subscription consume(String consumer, List<String> queues, BatchHandler handler);

    /**
     * Takes messages of one queue under leases.
     *
     * @param consumer name of the consumer, for messages and metrics
     * @param queue the queue to take from
     * @return the consumer
     * @throws QueueException {@link QueueFault#CONSUMER_EXISTS} when the queue has an active
     *     consumer
     */
    PullConsumer pull(String consumer, String queue);

    /**
     * Offers one queue to flows.
     *
     * @param binding name that tokens ask for
     * @param queue name of the queue
     * @return the provider of {@link Queues}' tokens
     */
    CapabilityProvider bind(String binding, String queue);

    /**
     * What its queues promise.
     *
     * @return the descriptor
     */
    Descriptor descriptor();

    /** Ends all consumers as {@link Subscription#close()} does. Closing twice is fine. */
    @Override
    void close();
}
