package dev.flowir.examples.imagepipeline;

import dev.flowir.examples.imagepipeline.Organization.TrackedRun;
import dev.flowir.examples.imagepipeline.Organization.TrackedRuns;
import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.WireRequest;
import dev.flowir.object.Entries;
import dev.flowir.object.ObjectCall;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectSocket;
import dev.flowir.object.ObjectView;
import dev.flowir.object.SocketHandler;
import dev.flowir.object.SocketOptions;
import dev.flowir.object.StoredKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An organization at the edge: an object each, which has the counts as its state, keeps what
 * happened in its order, once each, and knows its runs. Who is connected to it is told what
 * happens; who is not asks what there is since a number. Its calls have names, because no code can
 * be sent there.
 */
final class EdgeOrganization implements EdgeOrganizationView {

    /** Events that one answer has at most; our choice. */
    private static final int MOST_TOLD = 200;

    /**
     * An event with its place in the order.
     *
     * @param number rises by one
     * @param event what happened
     */
    record Numbered(long number, Event event) {}

    /**
     * Events in their order.
     *
     * @param events at most 200
     */
    record Told(List<Numbered> events) {}

    /**
     * What a client that is connected is told.
     *
     * @param number of the event; of the last one when there is none
     * @param state the counts as they are now
     * @param event what happened; empty for a client that has just come
     */
    record Live(long number, OrganizationState state, Optional<Event> event) {}

    private static final StoredKey<OrganizationState> STATE =
            StoredKey.of("state", OrganizationState.class);

    /** Nothing is kept under it: it has what clients are told be written as JSON. */
    private static final StoredKey<Live> LIVE = StoredKey.of("live", Live.class);

    private static final Codec<Live> TOLD = JsonCodecs.strict().of(Type.of(Live.class));

    static final ObjectCall<EdgeOrganization, Event, Boolean> RECORD =
            ObjectCall.of("record", Event.class, Boolean.class, EdgeOrganization::record);
    static final ObjectCall<EdgeOrganizationView, String, OrganizationState> SEE =
            ObjectCall.reading(
                    "state", String.class, OrganizationState.class, (it, none) -> it.state());
    static final ObjectCall<EdgeOrganizationView, Long, TrackedRuns> RUNS =
            ObjectCall.reading(
                    "runs",
                    Long.class,
                    TrackedRuns.class,
                    (it, most) -> new TrackedRuns(it.runs(Math.toIntExact(most))));
    static final ObjectCall<EdgeOrganizationView, Long, Told> SINCE =
            ObjectCall.reading("since", Long.class, Told.class, EdgeOrganizationView::since);

    static final ObjectClass<EdgeOrganization> CLASS =
            ObjectClass.of("organization", EdgeOrganization::new)
                    .keeps(STATE, RunBook.BEGUN, RunBook.run("any"), event(0), told("any"), LIVE)
                    .calls(RECORD, SEE, RUNS, SINCE)
                    .sockets(new Clients(), SocketOptions.defaults().answering("ping", "pong"));

    static final ObjectView<EdgeOrganizationView> VIEW =
            ObjectView.of(CLASS, EdgeOrganizationView.class);

    private final ObjectContext self;
    private final RunBook runs;

    private EdgeOrganization(ObjectContext self) {
        this.self = self;
        this.runs = new RunBook(self);
    }

    /** Clients that are connected; they may watch, and say nothing. */
    private static final class Clients implements SocketHandler<EdgeOrganization> {

        /** With {@code ?since=}, what happened after that number; then how it stands. */
        @Override
        public List<String> opened(EdgeOrganization it, ObjectSocket socket, WireRequest request)
                throws Exception {
            Optional<String> since = request.query("since");
            OrganizationState now = it.state();
            if (since.isPresent()) {
                for (Numbered missed : it.since(Long.parseLong(since.get())).events()) {
                    socket.send(written(missed.number(), now, Optional.of(missed.event())));
                }
            }
            socket.send(written(now.events(), now, Optional.empty()));
            return List.of();
        }

        @Override
        public void text(EdgeOrganization it, ObjectSocket socket, String text) {
            socket.close(NOT_UNDERSTOOD, "clients may only watch");
        }
    }

    private static final int NOT_UNDERSTOOD = 4003;

    private static String written(long number, OrganizationState state, Optional<Event> event)
            throws CodecException {
        return new String(TOLD.encode(new Live(number, state, event)), StandardCharsets.UTF_8);
    }

    private static StoredKey<Event> event(long number) {
        return StoredKey.of("event/" + RunBook.digits(number), Event.class);
    }

    private static StoredKey<Long> told(String id) {
        return StoredKey.of("told/" + id, Long.class);
    }

    /** Keeps an event and tells it, unless it was recorded before. */
    private boolean record(Event event) throws CodecException {
        if (self.storage().get(told(event.id())).isPresent()) {
            return false;
        }
        OrganizationState now = state().after(event.type());
        self.storage().put(STATE, now);
        self.storage().put(event(now.events()), event);
        self.storage().put(told(event.id()), now.events());
        runs.track(event);
        for (ObjectSocket client : self.sockets()) {
            client.send(written(now.events(), now, Optional.of(event)));
        }
        StoredKey<Event> old = event(now.events() - Organization.KEPT);
        self.storage()
                .get(old)
                .ifPresent(forgotten -> {
                    self.storage().delete(told(forgotten.id()).text());
                    self.storage().delete(old.text());
                });
        return true;
    }

    @Override
    public Told since(long number) {
        List<Numbered> events = new ArrayList<>();
        Entries after = Entries.under("event/").after(event(number).text()).limitedTo(MOST_TOLD);
        self.storage()
                .list(after, Event.class)
                .forEach((key, event) ->
                        events.add(
                                new Numbered(
                                        Long.parseLong(key.substring(key.indexOf('/') + 1)),
                                        event)));
        return new Told(events);
    }

    @Override
    public OrganizationState state() {
        return self.storage().get(STATE).orElse(OrganizationState.NONE);
    }

    @Override
    public List<TrackedRun> runs(int most) {
        return runs.first(most);
    }
}
