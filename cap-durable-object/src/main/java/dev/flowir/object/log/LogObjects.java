package dev.flowir.object.log;

import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.WireEnds;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectId;
import dev.flowir.object.ObjectSpace;
import dev.flowir.object.ObjectView;
import dev.flowir.object.ObjectViewRef;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A class of objects that are logs, and those who subscribe to them. Make one for each space. Close
 * it before the space, so that nobody waits for what will not come.
 *
 * @param <S> type of the state
 * @param <E> type of the payloads
 */
public final class LogObjects<S, E> implements AutoCloseable {

    private final String name;
    private final LogDefinition<S, E> definition;
    private final LogOptions options;
    private final Optional<LogArchive> archive;
    private final LogJson<S, E> json;
    private final ObjectClass<EventLog<S, E>> type;
    private final EventIds ids = EventIds.ofSystem();
    private final ConcurrentMap<String, Live<E>> live = new ConcurrentHashMap<>();
    private final @Nullable Followers followers;
    private volatile boolean closed;

    private LogObjects(
            String name,
            LogDefinition<S, E> definition,
            LogOptions options,
            Optional<LogArchive> archive,
            boolean followed) {
        this.name = name;
        this.definition = definition;
        this.options = options;
        this.archive = archive;
        this.json = new LogJson<>(definition, options);
        ObjectClass<EventLog<S, E>> plain =
                ObjectClass.<EventLog<S, E>>of(name, self -> new EventLog<>(self, this))
                        .alarm((log, ring) -> log.rung());
        if (followed) {
            LogSockets<S, E> sockets = new LogSockets<>(this);
            this.followers = sockets;
            this.type = plain.sockets(sockets, sockets.options());
        } else {
            this.followers = null;
            this.type = plain;
        }
    }

    /**
     * A class of logs.
     *
     * @param name stored with every object: never change it
     * @param definition what its logs are made of
     * @param options the numbers that they keep to
     * @param <S> type of the state
     * @param <E> type of the payloads
     * @return the class
     */
    public static <S, E> LogObjects<S, E> of(
            String name, LogDefinition<S, E> definition, LogOptions options) {
        return new LogObjects<>(name, definition, options, Optional.empty(), false);
    }

    /**
     * The class with an archive, which each object serves by itself while it has events.
     *
     * @param to where events go that are no longer kept
     * @return the same but for this
     */
    public LogObjects<S, E> archivingTo(LogArchive to) {
        return new LogObjects<>(name, definition, options, Optional.of(to), followers != null);
    }

    /**
     * The class with sockets: a client that connects to an object follows its log, also while the
     * object sleeps, and is sent what {@link #wires} sends. Anything but {@code ping} closes it
     * with 4003.
     *
     * @return the same but for this
     */
    public LogObjects<S, E> followed() {
        return new LogObjects<>(name, definition, options, archive, true);
    }

    /** {@return the class, for the space and for references} */
    public ObjectClass<EventLog<S, E>> type() {
        return type;
    }

    /** {@return what readers see of the class} */
    @SuppressWarnings("unchecked") // a class has no type parameters to check
    public ObjectView<LogView<S, E>> view() {
        return ObjectView.of(type, (Class<LogView<S, E>>) (Class<?>) LogView.class);
    }

    /**
     * Subscribes to a log: the state first, then every event after it.
     *
     * @param log the object
     * @param slow what happens when it is too far behind
     * @return the subscription; close it
     * @throws LogException {@link LogFault#TOO_MANY_SUBSCRIBERS}
     */
    public Subscription<S, E> subscribe(ObjectViewRef<? extends LogView<S, E>> log, Slow slow) {
        // No log has a version below 0, so the state comes first.
        return subscribe(log, -1, slow);
    }

    /**
     * Subscribes to a log again: every event after a version. When those are too many or no longer
     * here, the state comes first.
     *
     * @param log the object
     * @param version the last one that the subscriber has seen
     * @param slow what happens when it is too far behind
     * @return the subscription; close it
     * @throws LogException {@link LogFault#TOO_MANY_SUBSCRIBERS}
     */
    public Subscription<S, E> subscribe(
            ObjectViewRef<? extends LogView<S, E>> log, long version, Slow slow) {
        return subscribe(log, version, slow, () -> {});
    }

    /** Subscribes one who is told by a bell when to look. */
    Subscription<S, E> subscribe(
            ObjectViewRef<? extends LogView<S, E>> log, long version, Slow slow, Runnable bell) {
        String id = log.id().toString();
        Live<E> joined =
                live.compute(
                        id,
                        (key, there) -> {
                            Live<E> at = there == null ? new Live<>(options.maxLag()) : there;
                            if (!at.join(options.maxSubscribers())) {
                                throw new LogException(
                                        LogFault.TOO_MANY_SUBSCRIBERS,
                                        "the object has "
                                                + options.maxSubscribers()
                                                + " subscribers, and no more are taken");
                            }
                            return at;
                        });
        joined.hang(bell);
        Subscription<S, E> subscription =
                new Subscription<>(
                        joined,
                        (after, most) -> log.read(found -> found.since(after, most)),
                        version,
                        options.maxLag(),
                        slow,
                        () -> {
                            joined.takeDown(bell);
                            live.computeIfPresent(id, (key, at) -> at.leave() ? null : at);
                        });
        if (closed) {
            joined.close();
        }
        return subscription;
    }

    /**
     * Takes connections of clients that follow a log: what a host is given for a path. The state
     * comes first, or what a client missed that says since when, then each event. A client that
     * does not read holds nobody up: when it is too far behind it gets the state as it is then.
     *
     * @param space where the logs are
     * @param name which log a client wants, by what it asked for
     * @return who takes them
     */
    public WireEnds wires(ObjectSpace space, Function<WireRequest, String> name) {
        return new LogWires<>(this, space, name);
    }

    /**
     * An event as it is stored and sent; see {@link LogView#json}.
     *
     * @param event the event
     * @return its JSON
     */
    public JsonValue json(Envelope<E> event) {
        return json.value(event);
    }

    /** Ends all subscriptions. */
    @Override
    public void close() {
        closed = true;
        live.values().forEach(Live::close);
    }

    /**
     * Who is told of events. Nobody is where nobody can subscribe, and then what tells is not
     * there.
     */
    interface Told<E> {

        /** An event is durable. */
        void publish(Envelope<E> event);
    }

    /** Who hold sockets of objects; is not there where no class has them. */
    interface Followers {

        /** An object appends an event, of which this is the JSON; told once that is durable. */
        void appended(ObjectContext self, long version, byte[] json);
    }

    void appended(ObjectContext self, long version, byte[] json) {
        Followers there = followers;
        if (there != null) {
            there.appended(self, version, json);
        }
    }

    /** Somebody may be told of an event, now that it is durable. */
    void published(ObjectId id, Envelope<E> event) {
        @Nullable Told<E> there = live.get(id.toString());
        if (there != null) {
            there.publish(event);
        }
    }

    String newEventId() {
        return ids.next();
    }

    LogDefinition<S, E> definition() {
        return definition;
    }

    LogOptions options() {
        return options;
    }

    Optional<LogArchive> archive() {
        return archive;
    }

    LogJson<S, E> json() {
        return json;
    }
}
