package dev.flowir.examples.imagepipeline;

import dev.flowir.examples.imagepipeline.Organization.TrackedRun;
import dev.flowir.examples.imagepipeline.Organization.TrackedRuns;
import dev.flowir.object.Entries;
import dev.flowir.object.ObjectCall;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectView;
import dev.flowir.object.StoredKey;
import java.util.ArrayList;
import java.util.List;

/**
 * An organization at the edge: an object each, which has the counts as its state, keeps what
 * happened in its order, once each, and knows its runs. Nobody is connected to it; who wants to
 * know asks what there is since a number. Its calls have names, because no code can be sent there.
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

    private static final StoredKey<OrganizationState> STATE =
            StoredKey.of("state", OrganizationState.class);

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
                    .keeps(STATE, RunBook.BEGUN, RunBook.run("any"), event(0), told("any"))
                    .calls(RECORD, SEE, RUNS, SINCE);

    static final ObjectView<EdgeOrganizationView> VIEW =
            ObjectView.of(CLASS, EdgeOrganizationView.class);

    private final ObjectContext self;
    private final RunBook runs;

    private EdgeOrganization(ObjectContext self) {
        this.self = self;
        this.runs = new RunBook(self);
    }

    private static StoredKey<Event> event(long number) {
        return StoredKey.of("event/" + RunBook.digits(number), Event.class);
    }

    private static StoredKey<Long> told(String id) {
        return StoredKey.of("told/" + id, Long.class);
    }

    /** Keeps an event, unless it was recorded before. */
    private boolean record(Event event) {
        if (self.storage().get(told(event.id())).isPresent()) {
            return false;
        }
        OrganizationState now = state().after(event.type());
        self.storage().put(STATE, now);
        self.storage().put(event(now.events()), event);
        self.storage().put(told(event.id()), now.events());
        runs.track(event);
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
