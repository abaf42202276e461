package dev.flowir.object.log;

import dev.flowir.ir.JsonValue;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An object that is its log: events are appended, the state follows from them by a reducer, and
 * nothing else is kept. There is no method that changes or removes an event. Used inside the
 * object's turn, as the argument of {@code call} and {@code read}.
 *
 * @param <S> type of the state
 * @param <E> type of the payloads
 */
public final class EventLog<S, E> implements LogView<S, E> {

    private final ObjectContext self;
    private final LogObjects<S, E> shared;
    private final LogOptions options;
    private final LogJson<S, E> json;
    private final Reduction<S, E> reduction;
    private final Rows rows;
    private @Nullable S state;
    private String chain = Chain.START;

    EventLog(ObjectContext self, LogObjects<S, E> shared) {
        this.self = self;
        this.shared = shared;
        this.options = shared.options();
        this.json = shared.json();
        this.reduction = new Reduction<>(shared.definition(), json);
        this.rows = new Rows(self.storage());
    }

    // ---- looking

    @Override
    public ObjectId id() {
        return self.id();
    }

    @Override
    public Instant now() {
        return self.now();
    }

    @Override
    public long version() {
        return head().version();
    }

    @Override
    public S state() {
        return current(head());
    }

    @Override
    public LogSnapshot<S> snapshot() {
        Head head = head();
        return new LogSnapshot<>(head.version(), current(head));
    }

    @Override
    public List<Envelope<E>> events(long version, int most) {
        head();
        List<Envelope<E>> events = new ArrayList<>();
        for (Rows.Row row : rows.after(version, most)) {
            events.add(json.event(row.event()));
        }
        return events;
    }

    @Override
    public List<Frame<S, E>> since(long version, int most) {
        Head head = head();
        if (version > head.version()
                || version < head.archived()
                || head.version() - version > most) {
            return List.of(new Frame.State<>(snapshot()));
        }
        List<Frame<S, E>> frames = new ArrayList<>();
        long known = version;
        while (known < head.version()) {
            for (Rows.Row row : page(known)) {
                frames.add(new Frame.Event<>(json.event(row.event())));
                known = row.version();
            }
        }
        return frames;
    }

    @Override
    public JsonValue json(Envelope<E> event) {
        return json.value(event);
    }

    // ---- appending

    /**
     * Appends an event, unless it is there: one with its {@code event_id} is in the log, or one
     * with its {@code client_action_id} is among the last {@link LogOptions#actionWindow()} and not
     * older than {@link LogOptions#actionAge()}.
     *
     * @param event what happened
     * @return what became of it
     * @throws LogException {@link LogFault#EVENT_TOO_LARGE}, {@link LogFault#IMPURE_REDUCER},
     *     {@link LogFault#NOT_STORABLE}
     */
    public Appended<E> append(NewEvent<E> event) {
        Head head = head();
        Optional<Appended<E>> known = known(event);
        if (known.isPresent()) {
            return known.get();
        }
        S before = current(head);
        Instant now = Instant.ofEpochMilli(Math.max(head.millis(), self.now().toEpochMilli()));
        Envelope<E> envelope =
                new Envelope<>(
                        event.eventId().orElseGet(shared::newEventId),
                        head.version() + 1,
                        now,
                        event.type(),
                        event.payload(),
                        event.requestId(),
                        event.operationId(),
                        event.clientActionId());
        JsonValue row = json.value(envelope);
        byte[] text = LogJson.text(row);
        if (text.length > options.maxEventBytes()) {
            throw new LogException(
                    LogFault.EVENT_TOO_LARGE,
                    "the event has "
                            + text.length
                            + " bytes, the most is "
                            + options.maxEventBytes()
                            + "; keep what is large in a blob store and its key here");
        }
        S next = reduced(before, envelope);
        String link = Chain.next(head.chain(), row);
        rows.put(new Rows.Row(envelope.version(), link, row), envelope.eventId());
        Head after = remembered(head.appended(link, now.toEpochMilli()), envelope);
        rows.head(after);
        state = next;
        chain = link;
        if (after.version() % options.snapshotEvery() == 0) {
            store(after, next);
        }
        serveArchiveLater(after);
        self.afterCommit(() -> shared.published(id(), envelope));
        shared.appended(self, envelope.version(), text);
        return new Appended.Accepted<>(envelope);
    }

    private Optional<Appended<E>> known(NewEvent<E> event) {
        if (event.eventId().isPresent()) {
            String id = event.eventId().get();
            OptionalLong version = rows.version(id);
            if (version.isPresent()) {
                return Optional.of(
                        new Appended.Known<>(id, version.getAsLong(), Appended.By.EVENT_ID));
            }
        }
        return event.clientActionId()
                .flatMap(rows::action)
                .filter(action -> action.millis() > oldestAction())
                .map(action ->
                        new Appended.Known<>(
                                action.eventId(), action.version(), Appended.By.CLIENT_ACTION_ID));
    }

    private long oldestAction() {
        return self.now().minus(options.actionAge()).toEpochMilli();
    }

    private Head remembered(Head head, Envelope<E> event) {
        if (event.clientActionId().isEmpty()) {
            return head;
        }
        rows.put(
                event.clientActionId().get(),
                new Rows.Action(
                        event.version(), event.eventId(), event.timestamp().toEpochMilli()));
        return head.withActions(
                rows.forget(head.actions() + 1, options.actionWindow(), oldestAction()));
    }

    private S reduced(S before, Envelope<E> event) {
        return (event.version() - 1) % options.checkEvery() == 0
                ? reduction.checked(before, event)
                : reduction.apply(before, event);
    }

    /** Stores the state, if the events since the one that is stored still give it. */
    private void store(Head head, S now) {
        Folded<S> again = fold(head);
        reduction
                .difference(now, again.state())
                .ifPresent(text -> {
                    throw new LogException(
                            LogFault.IMPURE_REDUCER,
                            "replayed, the events up to "
                                    + head.version()
                                    + " give another state: "
                                    + text);
                });
        rows.snapshot(new Rows.Stored(head.version(), head.chain(), json.value(now)));
    }

    // ---- beside it

    /**
     * Runs work in the transaction that stores what this call appends, such as a queue send or the
     * start of a durable run in the same store.
     *
     * @param work short; see {@link ObjectContext#inCommit}
     */
    public void inCommit(Runnable work) {
        self.inCommit(work);
    }

    /**
     * Runs work once what this call appends is durable.
     *
     * @param work short; see {@link ObjectContext#afterCommit}
     */
    public void afterCommit(Runnable work) {
        self.afterCommit(work);
    }

    // ---- the archive

    /**
     * Moves events to an archive that are more than {@link LogOptions#keepEvents()} or older than
     * {@link LogOptions#keepAge()}. Other calls run meanwhile. The state stays as it is. When it
     * fails or its process dies, nothing is lost, and the next one goes on.
     *
     * @param archive where to
     * @return how many were moved
     * @throws IOException as the archive throws it
     */
    public long archive(LogArchive archive) throws IOException {
        return new Archiving(self, rows, options, this::ensureStored).run(archive);
    }

    /** Events up to a version must not be needed to know the state. */
    private void ensureStored(long version) {
        if (rows.snapshot().map(Rows.Stored::version).orElse(0L) < version) {
            Head head = head();
            store(head, current(head));
        }
    }

    /**
     * Every event from the first on, out of the archive and the log, each proved to be what was
     * appended. Other calls run meanwhile.
     *
     * @param archive what {@link #archive} was given
     * @param reader gets one after the other; uses no object
     * @throws IOException as the archive throws it
     * @throws LogException {@link LogFault#CHANGED}, {@link LogFault#ARCHIVE_CHANGED}
     */
    public void history(LogArchive archive, Consumer<Envelope<E>> reader) throws IOException {
        head();
        new Reading(self, rows).run(archive, row -> reader.accept(json.event(row.event())));
    }

    /**
     * The state computed anew from the first event on. It is that of {@link #snapshot()} while the
     * reducer is the one that all events were appended with.
     *
     * @param archive what {@link #archive} was given
     * @return the state after the events that were there
     * @throws IOException as the archive throws it
     * @throws LogException as {@link #history}
     */
    public LogSnapshot<S> replay(LogArchive archive) throws IOException {
        head();
        List<LogSnapshot<S>> last = new ArrayList<>();
        last.add(new LogSnapshot<>(0, shared.definition().initial()));
        history(
                archive,
                event -> {
                    S next = reduction.apply(last.getFirst().state(), event);
                    last.set(0, new LogSnapshot<>(event.version(), next));
                });
        return last.getFirst();
    }

    /** Sees to it that the archive is served: soon when there is much, else when this is old. */
    private void serveArchiveLater(Head head) {
        if (shared.archive().isEmpty()) {
            return;
        }
        long here = head.version() - head.archived();
        Instant soon = self.now().plus(options.archiveEvery());
        Optional<Instant> set = self.alarm();
        if (set.isEmpty()) {
            // Alone here, it is the first that will be old; else an earlier alarm was given up.
            self.setAlarm(here == 1 ? later(soon, self.now().plus(options.keepAge())) : soon);
        } else if (here > options.keepEvents() && set.get().isAfter(soon)) {
            self.setAlarm(soon);
        }
    }

    /** Serves the archive, and again when the next event is old. */
    void rung() throws IOException {
        if (shared.archive().isPresent()) {
            archive(shared.archive().get());
            for (Rows.Row first : rows.after(head().archived(), 1)) {
                Instant old = LogJson.time(first.event()).plus(options.keepAge()).plusMillis(1);
                self.setAlarm(later(self.now().plus(options.archiveEvery()), old));
            }
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    // ---- the state from what is stored

    private Head head() {
        if (reduction.isRunning()) {
            throw new LogException(
                    LogFault.REDUCING, "the log was used by its reducer, which is called by it");
        }
        return rows.head();
    }

    private S current(Head head) {
        S known = state;
        if (known != null && head.chain().equals(chain)) {
            return known;
        }
        Folded<S> folded = fold(head);
        state = folded.state();
        chain = folded.chain();
        return folded.state();
    }

    private record Folded<S>(S state, String chain) {}

    private Folded<S> fold(Head head) {
        Optional<Rows.Stored> stored = rows.snapshot();
        long known = stored.map(Rows.Stored::version).orElse(0L);
        String link = stored.map(Rows.Stored::chain).orElse(Chain.START);
        S folded =
                stored.map(Rows.Stored::state)
                        .map(json::state)
                        .orElse(shared.definition().initial());
        while (known < head.version()) {
            for (Rows.Row row : page(known)) {
                link = Reading.proved(link, known, row);
                known = row.version();
                folded = reduction.apply(folded, json.event(row.event()));
            }
        }
        if (!link.equals(head.chain())) {
            throw new LogException(
                    LogFault.CHANGED, "the last event, " + head.version() + ", is another one");
        }
        return new Folded<>(folded, link);
    }

    private List<Rows.Row> page(long after) {
        List<Rows.Row> page = rows.after(after, Rows.PAGE);
        if (page.isEmpty()) {
            throw new LogException(
                    LogFault.CHANGED, "event " + (after + 1) + " is missing from the log");
        }
        return page;
    }
}
