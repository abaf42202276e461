package dev.flowir.examples.microcos;

import dev.flowir.ir.JsonValue;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;
import dev.flowir.object.DurableObjects;
import dev.flowir.object.ObjectCall;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectReader;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectReply;
import dev.flowir.object.ObjectView;
import dev.flowir.object.ObjectViewRef;
import dev.flowir.object.ObjectWriter;
import dev.flowir.object.StoredKey;
import dev.flowir.object.log.Appended;
import dev.flowir.object.log.EventLog;
import dev.flowir.object.log.LogObjects;
import dev.flowir.object.log.LogSnapshot;
import dev.flowir.object.log.LogView;
import dev.flowir.object.log.NewEvent;
import java.util.Optional;

/**
 * The chats, each an object that is its log. What the flows do with one has a name, so that it can
 * be done wherever the object lives.
 */
final class Chats {

    /** Binding of all objects. */
    static final String BINDING = "cos";

    static final ReadToken<ObjectReader> LOOK = DurableObjects.reader(BINDING);
    static final WriteToken<ObjectWriter> TELL = DurableObjects.writer(BINDING);

    private static final ObjectCall<EventLog<Chat, Said>, Told, Put> APPEND =
            ObjectCall.of("append", Told.class, Put.class, Chats::append);
    private static final ObjectCall<LogView<Chat, Said>, String, Snapshot> LOOK_AT =
            ObjectCall.reading("look", String.class, Snapshot.class, (log, none) -> snapshot(log));

    private final ObjectClass<EventLog<Chat, Said>> type;
    private final ObjectView<LogView<Chat, Said>> view;

    /** On the class of objects that is bound. */
    @SuppressWarnings("unchecked") // a class has no type parameters to check
    Chats(ObjectClass<EventLog<Chat, Said>> type) {
        this.type = type;
        this.view = ObjectView.of(type, (Class<LogView<Chat, Said>>) (Class<?>) LogView.class);
    }

    /**
     * An event that is to be appended.
     *
     * @param eventId its id; coming again it is dropped
     */
    record Told(
            String eventId,
            String type,
            Said said,
            Optional<String> requestId,
            Optional<String> operationId,
            Optional<String> clientActionId) {

        NewEvent<Said> event() {
            return new NewEvent<>(
                    Optional.of(eventId), type, said, requestId, operationId, clientActionId);
        }

        /** The same as the doing of a client. */
        Told by(Optional<String> action) {
            return new Told(eventId, type, said, requestId, operationId, action);
        }
    }

    /**
     * Where an event is.
     *
     * @param eventId the event; an earlier one when the action was known
     * @param version its place in the log
     * @param fresh whether it came now
     */
    record Put(String eventId, long version, boolean fresh) {

        static Put of(Appended<Said> appended) {
            return new Put(
                    appended.eventId(),
                    appended.version(),
                    appended instanceof Appended.Accepted<Said>);
        }
    }

    /**
     * A state as it is sent: version 0 and the empty chat when nobody said anything yet.
     *
     * @param version the last event in it
     * @param chat the state
     */
    record Snapshot(long version, Chat chat) {}

    /** The class of objects where calls are made by name; what the logs store is told with it. */
    static ObjectClass<EventLog<Chat, Said>> named(LogObjects<Chat, Said> logs) {
        return logs.type()
                .calls(APPEND, LOOK_AT)
                .keeps(
                        StoredKey.of("state", Chat.class),
                        StoredKey.of("payload", Said.class),
                        StoredKey.of("row", JsonValue.class));
    }

    ObjectClass<EventLog<Chat, Said>> type() {
        return type;
    }

    ObjectRef<EventLog<Chat, Said>> of(ObjectWriter objects, String user) {
        return objects.of(type).named(user);
    }

    ObjectViewRef<LogView<Chat, Said>> of(ObjectReader objects, String user) {
        return objects.of(view).named(user);
    }

    /** What is known of a chat. */
    Chat state(ObjectWriter objects, String user) {
        return of(objects, user).ask(LOOK_AT, "").chat();
    }

    /** What is known of a chat, and the version of that. */
    Snapshot look(ObjectReader objects, String user) {
        return of(objects, user).ask(LOOK_AT, "");
    }

    /** Appends an event that some work brings about; coming again it is dropped. */
    Put append(ObjectWriter objects, Work work, String type, String eventId, Said said) {
        return append(objects, work.user(), event(work, type, eventId, said));
    }

    Put append(ObjectWriter objects, String user, Told event) {
        return of(objects, user).call(APPEND, event);
    }

    /** The same without waiting; what is sent first is appended first. */
    ObjectReply<Put> send(ObjectWriter objects, Work work, String type, String eventId, Said said) {
        return of(objects, work.user()).send(APPEND, event(work, type, eventId, said));
    }

    /** Appends an event, and has something begin in the transaction that stores it. */
    Put append(ObjectWriter objects, String user, Told event, Runnable follows) {
        return of(objects, user)
                .call(log -> {
                    Put put = append(log, event);
                    if (put.fresh()) {
                        log.inCommit(follows);
                    }
                    return put;
                });
    }

    private static Put append(EventLog<Chat, Said> log, Told event) {
        return Put.of(log.append(event.event()));
    }

    private static Snapshot snapshot(LogView<Chat, Said> log) {
        LogSnapshot<Chat> there = log.snapshot();
        return new Snapshot(there.version(), there.state());
    }

    static Told event(Work work, String type, String eventId, Said said) {
        return new Told(
                eventId,
                type,
                said,
                Optional.of(work.requestId()),
                Optional.of(work.operationId()),
                Optional.empty());
    }

    /**
     * Some work for a chat.
     *
     * @param user whose chat it is
     * @param operationId id of the work, and of the run that does it
     * @param requestId the request that began it
     */
    record Work(String user, String operationId, String requestId) {}
}
