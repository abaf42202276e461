package dev.flowir.examples.imagepipeline;

import dev.flowir.examples.imagepipeline.Organization.TrackedRun;
import dev.flowir.object.Cell;
import dev.flowir.object.Entries;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.ObjectStorage;
import dev.flowir.object.StoredKey;
import java.util.List;
import java.util.Optional;

/** The runs that were begun for an organization, the last {@link Organization#KEPT} of them. */
final class RunBook {

    /** Of which type what is kept is; keys of runs and numbers are like these. */
    static final StoredKey<Long> BEGUN = StoredKey.of("begun", Long.class);

    private static final int DIGITS = 12;

    private final ObjectContext self;
    private final Cell<Long> begun;

    RunBook(ObjectContext self) {
        this.self = self;
        this.begun = self.cell(BEGUN, 0L);
    }

    /** A run may be through before its upload is told. */
    void track(Event event) {
        StoredKey<TrackedRun> key = run(event.run());
        Optional<TrackedRun> known = storage().get(key);
        String status =
                switch (event.type()) {
                    case Event.CLASSIFICATION_COMPLETE -> Status.SUCCEEDED.word();
                    case Event.CLASSIFICATION_ERROR -> Status.FAILED.word();
                    default -> known.map(TrackedRun::status).orElse(Status.QUEUED.word());
                };
        storage().put(key, new TrackedRun(event.run(), event.name(), status));
        if (known.isEmpty()) {
            long number = begun.update(before -> before + 1);
            storage().put(numbered(number), event.run());
            forget(numbered(number - Organization.KEPT));
        }
    }

    private void forget(StoredKey<String> old) {
        storage()
                .get(old)
                .ifPresent(run -> {
                    storage().delete(run(run).text());
                    storage().delete(old.text());
                });
    }

    /** In the order of their ids. */
    List<TrackedRun> first(int most) {
        return List.copyOf(
                storage().list(Entries.under("run/").limitedTo(most), TrackedRun.class).values());
    }

    private ObjectStorage storage() {
        return self.storage();
    }

    private static StoredKey<String> numbered(long number) {
        return StoredKey.of("begun/" + digits(number), String.class);
    }

    /** Twelve digits, so that keys are in the order of their numbers. */
    static String digits(long number) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, DIGITS - text.length())) + text;
    }

    static StoredKey<TrackedRun> run(String id) {
        return StoredKey.of("run/" + id, TrackedRun.class);
    }
}
