package dev.flowir.object;

import dev.flowir.kernel.cap.Fence;
import dev.flowir.store.Offer;
import dev.flowir.store.WriteTx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of one object that is awake: what is durable, and on top of it what is on its way to
 * the disk. One batch of drafts is under way at a time; those of later calls gather in the next.
 * When a batch fails, the shelf is broken: whoever has seen what was not kept must not answer.
 */
final class Shelf {

    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    private static final int CACHED_ENTRIES = 64;
    private static final int CACHED_VALUE_BYTES = 4096;
    private static final long MOST_PENDING_BYTES = 16L << 20;

    private final ObjectTables tables;
    private final String className;
    private final ObjectId id;
    private final Listener listener;

    private long oid;
    private AlarmState alarm;
    private @Nullable Batch flying;
    private @Nullable Batch next;
    private @Nullable Throwable broken;
    private @Nullable LinkedHashMap<String, Optional<byte[]>> durable;

    /** Told about commits, outside of any lock. */
    interface Listener {

        /** An alarm was set or taken back, durably. */
        void alarmMoved(AlarmState alarm);

        /** A batch was not kept. */
        void broken(Shelf shelf);
    }

    private record Staged(Draft draft, Fence fence, CompletableFuture<Boolean> done) {}

    private static final class Batch {
        final Draft merged = new Draft();
        final List<Staged> drafts = new ArrayList<>();

        CompletableFuture<Boolean> last() {
            return drafts.getLast().done();
        }
    }

    /** How many drafts of a batch were kept, and why not more. */
    private record Kept(int drafts, long oid, Optional<Throwable> failure) {}

    private Shelf(ObjectTables tables, String className, ObjectId id, Listener listener) {
        this.tables = tables;
        this.className = className;
        ObjectTables.Row row = tables.find(className, id);
        this.id = id.name().isPresent() || row.oid() == 0 ? id : id.named(row.name());
        this.oid = row.oid();
        this.alarm = row.alarm();
        this.listener = listener;
    }

    static Shelf load(ObjectTables tables, String className, ObjectId id, Listener listener) {
        return new Shelf(tables, className, id, listener);
    }

    ObjectId id() {
        return id;
    }

    Optional<byte[]> get(String key) {
        long row;
        synchronized (this) {
            for (Batch batch : new @Nullable Batch[] {next, flying}) {
                if (batch != null) {
                    Optional<byte[]> written = batch.merged.entries().get(key);
                    if (written != null) {
                        return written;
                    }
                    if (batch.merged.cleared()) {
                        return Optional.empty();
                    }
                }
            }
            row = oid;
            Optional<byte[]> known = durable == null ? null : durable.get(key);
            if (known != null) {
                return known;
            }
        }
        Optional<byte[]> stored = row == 0 ? Optional.empty() : tables.get(row, key);
        synchronized (this) {
            remember(key, stored);
        }
        return stored;
    }

    /** Entries from the store, at most {@code most}, under those that are on their way. */
    Map<String, Optional<byte[]>> list(Entries entries, int most) {
        Map<String, Optional<byte[]>> found = new HashMap<>();
        Draft above = new Draft();
        long row;
        synchronized (this) {
            if (flying != null) {
                above.add(flying.merged);
            }
            if (next != null) {
                above.add(next.merged);
            }
            row = oid;
        }
        if (row != 0 && !above.cleared()) {
            long wanted = (long) most + above.entries().size();
            int asked = (int) Math.min(Integer.MAX_VALUE, wanted);
            for (Map.Entry<String, byte[]> entry : tables.list(row, entries, asked)) {
                found.put(entry.getKey(), Optional.of(entry.getValue()));
            }
        }
        found.putAll(above.entries());
        return found;
    }

    synchronized AlarmState alarm() {
        for (Batch batch : new @Nullable Batch[] {next, flying}) {
            if (batch != null && batch.merged.alarm().isPresent()) {
                return batch.merged.alarm().get();
            }
        }
        return alarm;
    }

    /** Takes a draft; completed when it is durable, or failed when it never will be. */
    CompletableFuture<Boolean> stage(Draft draft, Fence fence) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Batch start = null;
        synchronized (this) {
            if (broken != null) {
                throw reset(broken);
            }
            Batch batch = next;
            if (batch == null) {
                batch = new Batch();
                if (flying == null) {
                    flying = batch;
                    start = batch;
                } else {
                    next = batch;
                }
            }
            batch.merged.add(draft);
            batch.drafts.add(new Staged(draft, fence, done));
        }
        if (start != null) {
            submit(start);
        }
        return done;
    }

    /** What an answer waits for that has seen everything so far; empty when all is durable. */
    synchronized Optional<CompletableFuture<Boolean>> gate() {
        if (broken != null) {
            return Optional.of(CompletableFuture.failedFuture(reset(broken)));
        }
        Batch last = next != null ? next : flying;
        return Optional.ofNullable(last).map(Batch::last);
    }

    synchronized boolean isCrowded() {
        return next != null && next.merged.bytes() > MOST_PENDING_BYTES;
    }

    private void submit(Batch batch) {
        Offer<Kept> offer;
        try {
            offer = tables.store().offer(tx -> commit(tx, batch));
        } catch (RuntimeException e) {
            finished(batch, null, e);
            return;
        }
        switch (offer) {
            case Offer.Accepted<Kept>(CompletableFuture<Kept> outcome) -> {
                CompletableFuture<Kept> unused =
                        outcome.whenComplete((kept, failure) -> finished(batch, kept, failure));
            }
            case Offer.Closed<Kept>(RuntimeException reason) ->
                    Thread.startVirtualThread(() -> finished(batch, null, reason));
            case Offer.Full<Kept> full -> Thread.startVirtualThread(() -> submitWaiting(batch));
        }
    }

    /** The writer has no room: waits as long as the store lets callers wait. */
    private void submitWaiting(Batch batch) {
        Kept kept;
        try {
            kept = tables.store().write(tx -> commit(tx, batch));
        } catch (RuntimeException | Error e) {
            finished(batch, null, e);
            return;
        }
        finished(batch, kept, null);
    }

    /** On the writer thread. Drafts without work of their own are written as one. */
    private Kept commit(WriteTx tx, Batch batch) {
        tables.ensureOwner(tx);
        long row;
        synchronized (this) {
            row = oid;
        }
        Draft plain = new Draft();
        int kept = 0;
        Throwable failure = null;
        for (Staged staged : batch.drafts) {
            try {
                staged.fence().ensureCurrent();
                if (staged.draft().inCommit().isEmpty()) {
                    plain.add(staged.draft());
                } else {
                    row = write(tx, row, plain);
                    plain = new Draft();
                    long before = row;
                    row =
                            tables.store()
                                    .<Long, RuntimeException>write(inner -> {
                                        long after = write(inner, before, staged.draft());
                                        staged.draft().inCommit().forEach(Runnable::run);
                                        return after;
                                    });
                }
                kept++;
            } catch (RuntimeException | Error e) {
                if (kept == 0) {
                    throw e;
                }
                failure = e;
                break;
            }
        }
        row = write(tx, row, plain);
        return new Kept(kept, row, Optional.ofNullable(failure));
    }

    private long write(WriteTx tx, long row, Draft draft) {
        return tables.write(tx, className, id, OptionalLong.of(row), draft);
    }

    private void finished(Batch batch, @Nullable Kept kept, @Nullable Throwable failure) {
        Throwable wrong = kept == null ? failure : kept.failure().orElse(null);
        Batch start = null;
        int durableDrafts = kept == null ? 0 : kept.drafts();
        List<Staged> lost = new ArrayList<>();
        synchronized (this) {
            if (wrong == null && kept != null) {
                settle(batch, kept);
                flying = next;
                next = null;
                start = flying;
            } else {
                broken = wrong == null ? new IllegalStateException("no outcome") : wrong;
                lost.addAll(batch.drafts.subList(durableDrafts, batch.drafts.size()));
                if (next != null) {
                    lost.addAll(next.drafts);
                }
            }
        }
        if (start != null) {
            submit(start);
        }
        if (wrong != null) {
            listener.broken(this);
        }
        batch.merged.alarm().ifPresent(listener::alarmMoved);
        for (Staged staged : batch.drafts.subList(0, durableDrafts)) {
            staged.done().complete(true);
        }
        for (Staged staged : batch.drafts.subList(0, durableDrafts)) {
            staged.draft().after().forEach(work -> run(work.durable()));
        }
        for (int i = 0; i < lost.size(); i++) {
            lost.get(i).draft().dropped();
            Throwable cause = i == 0 && wrong != null ? wrong : reset(wrong);
            lost.get(i).done().completeExceptionally(cause);
        }
    }

    private void settle(Batch batch, Kept kept) {
        Draft merged = batch.merged;
        oid = kept.oid();
        alarm = merged.alarm().orElse(alarm);
        if (merged.cleared()) {
            durable = null;
        }
        merged.entries().forEach(this::remember);
    }

    private void remember(String key, Optional<byte[]> value) {
        LinkedHashMap<String, Optional<byte[]>> cache = durable;
        if (cache == null) {
            cache = new LinkedHashMap<>(4, 0.75f, true);
            durable = cache;
        }
        if (value.isPresent() && value.get().length > CACHED_VALUE_BYTES) {
            cache.remove(key);
            return;
        }
        cache.put(key, value);
        if (cache.size() > CACHED_ENTRIES) {
            cache.pollFirstEntry();
        }
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) { // the call is durable whatever its work does
            LOG.error("Work after a commit failed; the commit stays", e);
        }
    }

    static ObjectException reset(@Nullable Throwable cause) {
        String detail =
                "the object was given up because what it had written was not kept; call it again";
        return cause == null
                ? new ObjectException(ObjectFault.RESET, detail)
                : new ObjectException(ObjectFault.RESET, detail, cause);
    }
}
