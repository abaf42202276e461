package dev.flowir.examples.microcos;

import dev.flowir.ir.ReadToken;
import dev.flowir.ir.WriteToken;
import dev.flowir.object.DurableObjects;
import dev.flowir.object.ObjectReader;
import dev.flowir.object.ObjectRef;
import dev.flowir.object.ObjectViewRef;
import dev.flowir.object.ObjectWriter;
import dev.flowir.object.log.Appended;
import dev.flowir.object.log.EventLog;
import dev.flowir.object.log.LogObjects;
import dev.flowir.object.log.LogView;
import dev.flowir.object.log.NewEvent;

/** The chats, each an object that is its log. */
final class Chats {

    /** Binding of all objects. */
    static final String BINDING = "cos";

    static final ReadToken<ObjectReader> LOOK = DurableObjects.reader(BINDING);
    static final WriteToken<ObjectWriter> TELL = DurableObjects.writer(BINDING);

    private final LogObjects<Chat, Said> logs;

    Chats(LogObjects<Chat, Said> logs) {
        this.logs = logs;
    }

    LogObjects<Chat, Said> logs() {
        return logs;
    }

    ObjectRef<EventLog<Chat, Said>> of(ObjectWriter objects, String user) {
        return objects.of(logs.type()).named(user);
    }

    ObjectViewRef<LogView<Chat, Said>> of(ObjectReader objects, String user) {
        return objects.of(logs.view()).named(user);
    }

    /** Appends an event that some work brings about; coming again it is dropped. */
    Appended<Said> append(ObjectWriter objects, Work work, String type, String eventId, Said said) {
        return of(objects, work.user()).call(log -> log.append(event(work, type, eventId, said)));
    }

    /** Appends an event, and has something begin in the transaction that stores it. */
    Appended<Said> append(
            ObjectWriter objects,
            Work work,
            String type,
            String eventId,
            Said said,
            Runnable follows) {
        return append(objects, work.user(), event(work, type, eventId, said), follows);
    }

    Appended<Said> append(
            ObjectWriter objects, String user, NewEvent<Said> event, Runnable follows) {
        return of(objects, user)
                .call(log -> {
                    Appended<Said> appended = log.append(event);
                    if (appended instanceof Appended.Accepted<Said>) {
                        log.inCommit(follows);
                    }
                    return appended;
                });
    }

    static NewEvent<Said> event(Work work, String type, String eventId, Said said) {
        return NewEvent.of(type, said)
                .withEventId(eventId)
                .withOperationId(work.operationId())
                .withRequestId(work.requestId());
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
