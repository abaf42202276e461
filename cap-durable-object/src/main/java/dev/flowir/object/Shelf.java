package dev.flowir.object;

import dev.flowir.kernel.cap.Fence;
import dev.flowir.store.Offer;
import dev.flowir.store.PagedDatabase;
import dev.flowir.store.WriteTx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
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

    private static final long MOST_PENDING_BYTES = 16L << 20;

    private final ObjectTables tables;
    private final Scratch scratch;
    private final String className;
    private final ObjectId id;
    private final Listener listener;

    private ObjectTables.Stored stored;
    private int pages;
    private @Nullable OwnTables own;
    private boolean closed;
    private boolean restoring;
    private AlarmState alarm;
    private @Nullable Batch flying;
    private @Nullable Batch next;
    private @Nullable Throwable broken;
    private final KnownEntries durable = new KnownEntries();

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

        /** Whether it is entries and pages only: then it may be written twice. */
        boolean isPlain() {
            return merged.inCommit().isEmpty();
        }
    }

    /** How many drafts of a batch were kept, and why not more. */
    private record Kept(int drafts, ObjectTables.Stored stored, Optional<Throwable> failure) {}

    private Shelf(
            ObjectTables tables,
            Scratch scratch,
            String className,
            ObjectId id,
            Listener listener) {
        this.tables = tables;
        this.scratch = scratch;
        this.className = className;
        ObjectTables.Row row = tables.find(className, id);
        this.id = id.name().isPresent() || row.stored().oid() == 0 ? id : id.named(row.name());
        this.stored = row.stored();
        this.pages = row.pages();
        this.alarm = row.alarm();
        this.listener = listener;
    }

    static Shelf load(
            ObjectTables tables,
            Scratch scratch,
            String className,
            ObjectId id,
            Listener listener) {
        return new Shelf(tables, scratch, className, id, listener);
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
            row = stored.oid();
            if (durable.knows(key)) {
                return durable.get(key);
            }
        }
        Optional<byte[]> found = row == 0 ? Optional.empty() : tables.get(row, key);
        synchronized (this) {
            durable.remember(key, found);
        }
        return found;
    }

    /** Entries from the store, at most {@code most}, under those that are on their way. */
    Map<String, Optional<byte[]>> list(Entries entries, int most) {
        Map<String, Optional<byte[]>> found = new HashMap<>();
        Draft above;
        long row;
        synchronized (this) {
            above = above();
            row = stored.oid();
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

    /** What is on its way to the disk. */
    private Draft above() {
        Draft above = new Draft();
        for (Batch batch : new @Nullable Batch[] {flying, next}) {
            if (batch != null) {
                above.add(batch.merged);
            }
        }
        return above;
    }

    // ---- tables

    /** The object's tables; not open yet. */
    synchronized OwnTables own() {
        OwnTables known = own;
        if (known == null) {
            known = new OwnTables(this, scratch);
            if (closed) {
                known.close();
            }
            own = known;
        }
        return known;
    }

    synchronized boolean hasTables() {
        return own != null && own.isOpen();
    }

    /** The pages of the object's tables, some at a time: those after a number. */
    IntFunction<SortedMap<Integer, byte[]>> pages() {
        Draft above;
        long row;
        synchronized (this) {
            above = above();
            row = above.cleared() ? 0 : stored.oid();
        }
        TreeMap<Integer, byte[]> newer = new TreeMap<>(above.pages());
        return after -> {
            SortedMap<Integer, byte[]> some = row == 0 ? new TreeMap<>() : tables.pages(row, after);
            int last = some.isEmpty() ? Integer.MAX_VALUE : some.lastKey();
            some.putAll(newer.subMap(after, false, last, true));
            return some;
        };
    }

    synchronized long pageCount() {
        int count = pages;
        for (Batch batch : new @Nullable Batch[] {flying, next}) {
            if (batch != null) {
                count = batch.merged.cleared() ? 0 : count;
                for (int page : batch.merged.pages().keySet()) {
                    count = Math.max(count, page);
                }
            }
        }
        return count;
    }

    /** What its tables take, as the turn sees them. */
    long tableBytes() {
        OwnTables mine;
        synchronized (this) {
            mine = own;
        }
        return mine == null ? pageCount() * PagedDatabase.PAGE_BYTES : mine.bytes();
    }

    /** Closes what is open of it. */
    void close() {
        OwnTables last;
        synchronized (this) {
            closed = true;
            last = own;
        }
        if (last != null) {
            last.close();
        }
    }

    // ---- its past

    synchronized long version() {
        return tables.version(stored.oid());
    }

    synchronized long versionAt(Instant at) {
        return tables.versionAt(stored.oid(), at);
    }

    synchronized void restoreNext(long version) {
        tables.markRestore(stored.oid(), version);
        restoring = true;
    }

    /** It has to be loaded again before the object is made the next time. */
    synchronized boolean isRestoring() {
        return restoring;
    }

    // ---- size

    /** More than its entries take, or as much. */
    synchronized long mostEntryBytes() {
        long most = stored.entryBytes();
        for (Batch batch : new @Nullable Batch[] {flying, next}) {
            if (batch != null) {
                most += batch.merged.entryBytes();
            }
        }
        return most;
    }

    /** What its entries take with what a turn wrote; nothing else is on its way. */
    long entryBytes(Draft written) {
        ObjectTables.Stored durable;
        synchronized (this) {
            durable = stored;
        }
        boolean over = !written.cleared() && durable.oid() != 0;
        long total = over ? durable.entryBytes() : 0;
        for (Map.Entry<String, Optional<byte[]>> entry : written.entries().entrySet()) {
            String key = entry.getKey();
            total +=
                    entry.getValue()
                            .map(value ->
                                    key.getBytes(StandardCharsets.UTF_8).length + value.length)
                            .orElse(0);
            total -= over ? tables.entryBytes(durable.oid(), key) : 0;
        }
        return total;
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
            offer =
                    batch.isPlain()
                            ? tables.store().offerRepeatable(tx -> commit(tx, batch))
                            : tables.store().offer(tx -> commit(tx, batch));
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
        ObjectTables.Stored row;
        synchronized (this) {
            row = stored;
        }
        // What a batch deletes first, or writes in parts, is not what is known.
        boolean alone = batch.isPlain() && !batch.merged.cleared();
        ObjectTables.Sizes sizes = alone ? this::size : ObjectTables.Sizes.UNKNOWN;
        Draft plain = new Draft();
        int kept = 0;
        Throwable failure = null;
        for (Staged staged : batch.drafts) {
            try {
                staged.fence().ensureCurrent();
                if (staged.draft().inCommit().isEmpty()) {
                    plain.add(staged.draft());
                } else {
                    row = write(tx, row, plain, sizes);
                    plain = new Draft();
                    ObjectTables.Stored before = row;
                    row =
                            tables.store()
                                    .<ObjectTables.Stored, RuntimeException>write(inner -> {
                                        ObjectTables.Stored after =
                                                write(inner, before, staged.draft(), sizes);
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
        row = write(tx, row, plain, sizes);
        return new Kept(kept, row, Optional.ofNullable(failure));
    }

    private ObjectTables.Stored write(
            WriteTx tx, ObjectTables.Stored row, Draft draft, ObjectTables.Sizes sizes) {
        return tables.write(tx, className, id, row, draft, sizes);
    }

    /** What an entry takes in the store, its key included; empty when that must be looked up. */
    private synchronized OptionalLong size(String key) {
        return durable.size(key);
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
        // first what leaves, then the answers: who has one can count on the other
        for (Staged staged : batch.drafts.subList(0, durableDrafts)) {
            staged.draft().after().forEach(work -> run(work.durable()));
        }
        for (Staged staged : batch.drafts.subList(0, durableDrafts)) {
            staged.done().complete(true);
        }
        for (int i = 0; i < lost.size(); i++) {
            lost.get(i).draft().dropped();
            Throwable cause = i == 0 && wrong != null ? wrong : reset(wrong);
            lost.get(i).done().completeExceptionally(cause);
        }
    }

    private void settle(Batch batch, Kept kept) {
        Draft merged = batch.merged;
        stored = kept.stored();
        if (merged.cleared()) {
            pages = 0;
        }
        for (int page : merged.pages().keySet()) {
            pages = Math.max(pages, page);
        }
        alarm = merged.alarm().orElse(alarm);
        if (merged.cleared()) {
            durable.forget();
        }
        merged.entries().forEach(durable::remember);
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
