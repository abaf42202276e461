package dev.flowir.blob;

import dev.flowir.kernel.cap.StaleAttemptException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes writes that are done elsewhere, from the writer's side: that one was begun before it
 * leaves, and the change when it is answered. What was begun and never answered is settled later by
 * looking for its version.
 */
final class Telling implements Notices {

    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

    private static final int SETTLED_AT_ONCE = 100;

    private final String bucket;
    private final BlobRemote remote;
    private final Catalog catalog;
    private final InstantSource clock;
    private final Outbox outbox;
    private final AtomicBoolean unsettled = new AtomicBoolean(true);

    /** Versions of writes that are not over here: whoever began one tells what became of it. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    Telling(String bucket, BlobRemote remote, Catalog catalog, InstantSource clock) {
        this.bucket = bucket;
        this.remote = remote;
        this.catalog = catalog;
        this.clock = clock;
        this.outbox = new Outbox(catalog);
    }

    Outbox outbox() {
        return outbox;
    }

    /** The same objects, with what is noted elsewhere. */
    Telling notingIn(Catalog other) {
        return new Telling(bucket, remote, other, clock);
    }

    @Override
    public String newVersion() {
        return Ids.next();
    }

    /** Asks nobody: as many writes as there are may do so at once. */
    @Override
    public Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    @Override
    public boolean isTold(BlobAction action, String key) {
        return outbox.rules().stream().anyMatch(rule -> rule.matches(action, key));
    }

    @Override
    public Optional<BlobInfo> tell(Begun begun, Supplier<Optional<BlobInfo>> write) {
        if (!isTold(begun.action(), begun.key())) {
            return write.get();
        }
        List<Begun> one = List.of(begun);
        begin(one);
        Optional<BlobInfo> done = attempt(one, write);
        Optional<BlobEvent> event =
                done.map(info ->
                        BlobEvent.created(bucket, begun.action(), info, begun.copiedFrom()));
        end(one, event.map(List::of).orElse(List.of()));
        return done;
    }

    @Override
    public void tellRemoved(List<Begun> removed, Runnable write) {
        if (removed.isEmpty()) {
            write.run();
            return;
        }
        begin(removed);
        attempt(
                removed,
                () -> {
                    write.run();
                    return Optional.empty();
                });
        Instant at = now();
        end(
                removed,
                removed.stream()
                        .map(one -> BlobEvent.deleted(bucket, one.action(), one.key(), at))
                        .toList());
    }

    private Optional<BlobInfo> attempt(List<Begun> begun, Supplier<Optional<BlobInfo>> write) {
        try {
            return write.get();
        } catch (BlobException | StaleAttemptException e) { // nothing was written
            end(begun, List.of());
            throw e;
        } catch (RuntimeException e) {
            leave(begun);
            throw e;
        }
    }

    /** What became of them is looked for by whoever settles next. */
    private void leave(List<Begun> begun) {
        begun.forEach(one -> underWay.remove(one.version()));
        unsettled.set(true);
    }

    private void begin(List<Begun> begun) {
        if (unsettled.get()) {
            settle();
        }
        Instant at = now();
        begun.forEach(one -> underWay.add(one.version()));
        try {
            catalog.write(
                    rows -> {
                        for (Begun one : begun) {
                            rows.note(
                                    new NotedEvent(0, Rows.BEGUN + one.version(), event(one, at)));
                        }
                        return true;
                    },
                    () -> {});
        } catch (RuntimeException e) {
            leave(begun);
            throw e;
        }
    }

    /** What is begun has its version where an event has its etag. */
    private BlobEvent event(Begun begun, Instant at) {
        return new BlobEvent(
                BlobEvent.LOCAL,
                begun.action(),
                bucket,
                begun.key(),
                OptionalLong.empty(),
                Optional.of(begun.version()),
                at,
                begun.copiedFrom().map(key -> new BlobEvent.CopySource(bucket, key)));
    }

    private void end(List<Begun> begun, List<BlobEvent> events) {
        try {
            catalog.write(
                    rows -> {
                        for (Begun one : begun) {
                            rows.forget(rows.noted(Rows.BEGUN + one.version(), 1));
                        }
                        note(rows, events);
                        return true;
                    },
                    outbox::wake);
        } catch (RuntimeException e) {
            leave(begun);
            throw e;
        }
        begun.forEach(one -> underWay.remove(one.version()));
    }

    private void note(Rows rows, List<BlobEvent> events) {
        for (BlobEvent event : events) {
            for (EventRule rule : outbox.rules()) {
                if (rule.matches(event.action(), event.key())) {
                    rows.note(new NotedEvent(0, rule.id(), event));
                }
            }
        }
    }

    /** Looks what became of writes that were begun and not answered. */
    void settle() {
        if (!unsettled.compareAndSet(true, false)) {
            return;
        }
        try {
            List<NotedEvent> some = catalog.read(rows -> rows.begun(SETTLED_AT_ONCE));
            Map<NotedEvent, Optional<BlobEvent>> settled = new LinkedHashMap<>();
            for (NotedEvent one : some) {
                if (!underWay.contains(one.event().eTag().orElseThrow())) {
                    settled.put(one, outcome(one.event()));
                }
            }
            if (!settled.isEmpty()) {
                catalog.write(
                        rows -> {
                            settled.forEach((one, event) -> {
                                // One that ended after it was read here was told of by its end.
                                if (!rows.noted(one.rule(), 1).isEmpty()) {
                                    rows.forget(List.of(one));
                                    note(rows, event.stream().toList());
                                }
                            });
                            return true;
                        },
                        outbox::wake);
            }
            if (some.size() == SETTLED_AT_ONCE) {
                unsettled.set(true);
            }
        } catch (RuntimeException e) {
            unsettled.set(true);
            LOG.warn("What became of writes to {} that were not answered is not known", bucket, e);
        }
    }

    private Optional<BlobEvent> outcome(BlobEvent begun) {
        Optional<BlobInfo> present = remote.head(begun.key());
        boolean itself = present.map(BlobInfo::version).equals(begun.eTag());
        if (begun.action().kind() == BlobAction.Kind.OBJECT_DELETE) {
            return itself
                    ? Optional.empty()
                    : Optional.of(
                            BlobEvent.deleted(
                                    bucket, begun.action(), begun.key(), begun.eventTime()));
        }
        Optional<String> source = begun.copySource().map(BlobEvent.CopySource::object);
        return present.filter(info -> itself)
                .map(info -> BlobEvent.created(bucket, begun.action(), info, source));
    }
}
