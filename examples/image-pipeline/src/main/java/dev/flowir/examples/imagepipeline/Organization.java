package dev.flowir.examples.imagepipeline;

import dev.flowir.object.Cell;
import dev.flowir.object.Entries;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectView;
import dev.flowir.object.StoredKey;
import java.util.List;
import java.util.Optional;

/**
 * An organization: one object each. It numbers what happens, keeps the last {@value #KEPT} events,
 * knows the runs, and tells whoever watches once a change is durable. An event that it has already
 * is not recorded again.
 */
final class Organization implements OrganizationView {

    /**
     * Events, and with them ids, that are kept; our choice. A client that missed more sees state.
     */
    static final int KEPT = 10_000;

    /**
     * A run that was begun for the organization.
     *
     * @param run its id
     * @param name what the picture was called
     * @param status what the last event said
     */
    record TrackedRun(String run, String name, String status) {}

    /**
     * The runs of an organization.
     *
     * @param runs in the order of their ids
     */
    record TrackedRuns(List<TrackedRun> runs) {}

    private static final StoredKey<OrganizationState> STATE =
            StoredKey.of("state", OrganizationState.class);

    private final ObjectContext self;
    private final Cell<OrganizationState> state;
    private final Feed feed;

    private Organization(ObjectContext self, Feed feed) {
        this.self = self;
        this.feed = feed;
        this.state = self.cell(STATE, OrganizationState.NONE);
    }

    /** The class, telling changes to a feed. */
    static ObjectClass<Organization> tellingTo(Feed feed) {
        return ObjectClass.of("organization", self -> new Organization(self, feed));
    }

    static ObjectView<OrganizationView> viewOf(ObjectClass<Organization> type) {
        return ObjectView.of(type, OrganizationView.class);
    }

    /**
     * Records an event and tells it.
     *
     * @return the event with its number, or the one that is there under its id
     */
    Event record(Event event) {
        StoredKey<Long> seen = StoredKey.of("seen/" + event.id(), Long.class);
        Optional<Event> known =
                self.storage().get(seen).flatMap(number -> self.storage().get(at(number)));
        if (known.isPresent()) {
            return known.get();
        }
        OrganizationState after = state.update(before -> before.after(event.type()));
        Event numbered = event.numbered(after);
        self.storage().put(seen, numbered.number());
        self.storage().put(at(numbered.number()), numbered);
        track(event);
        forget(numbered.number() - KEPT);
        self.afterCommit(feed::changed);
        return numbered;
    }

    /** A run may be through before its upload is told. */
    private void track(Event event) {
        StoredKey<TrackedRun> key = run(event.run());
        String status =
                switch (event.type()) {
                    case Event.CLASSIFICATION_COMPLETE -> Status.SUCCEEDED.word();
                    case Event.CLASSIFICATION_ERROR -> Status.FAILED.word();
                    default ->
                            self.storage()
                                    .get(key)
                                    .map(TrackedRun::status)
                                    .orElse(Status.QUEUED.word());
                };
        self.storage().put(key, new TrackedRun(event.run(), event.name(), status));
    }

    private void forget(long number) {
        if (number > 0) {
            self.storage()
                    .get(at(number))
                    .ifPresent(old -> {
                        self.storage().delete("seen/" + old.id());
                        self.storage().delete("run/" + old.run());
                        self.storage().delete(at(number).text());
                    });
        }
    }

    private static StoredKey<Event> at(long number) {
        return StoredKey.of("event/%012d".formatted(number), Event.class);
    }

    private static StoredKey<TrackedRun> run(String id) {
        return StoredKey.of("run/" + id, TrackedRun.class);
    }

    @Override
    public OrganizationState state() {
        return state.get();
    }

    @Override
    public List<Event> events(long after, int most) {
        return List.copyOf(
                self.storage()
                        .list(
                                Entries.under("event/").after(at(after).text()).limitedTo(most),
                                Event.class)
                        .values());
    }

    @Override
    public List<TrackedRun> runs(int most) {
        return List.copyOf(
                self.storage()
                        .list(Entries.under("run/").limitedTo(most), TrackedRun.class)
                        .values());
    }
}
