package dev.flowir.blob;

import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Utf8Key;
import dev.flowir.store.StoreException;
import dev.flowir.store.StoreFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A bucket at work: its catalog and its content kept in step, and changes noted for rules. */
final class Bucket {

    /** Marks on garbage that one change may take away. */
    private static final int CLEARED_PER_WRITE = 100;

    private final String name;
    private final Catalog catalog;
    private final Content content;
    private final Shelf shelf;
    private final Outbox outbox;
    private final AtomicBoolean closed = new AtomicBoolean();

    Bucket(String name, Catalog catalog, Content content) {
        this.name = name;
        this.catalog = catalog;
        this.content = content;
        this.shelf = new Shelf(content);
        this.outbox = new Outbox(catalog);
    }

    String name() {
        return name;
    }

    Content content() {
        return content;
    }

    Shelf shelf() {
        return shelf;
    }

    Outbox outbox() {
        return outbox;
    }

    <T> T read(Function<Rows, T> work) {
        ensureOpen();
        return catalog.read(work);
    }

    /**
     * Changes something for an attempt that still counts.
     *
     * @param fence checked inside the transaction
     * @param taken files that the change may make part of an object; deleted when it does not
     * @param work gets the change to work on
     */
    <T> T write(Fence fence, Collection<String> taken, Function<Change, T> work) {
        List<String> cleared = shelf.takeDeleted();
        Consequences result = new Consequences();
        try {
            ensureOpen();
            return catalog.write(
                    rows -> {
                        fence.ensureCurrent();
                        Change change = new Change(rows);
                        T made = work.apply(change);
                        result.garbage.addAll(rows.release(change.freed));
                        rows.cleared(cleared);
                        result.noted = change.noted;
                        result.used = change.used;
                        return made;
                    },
                    () -> committed(result, taken));
        } catch (StoreException e) {
            if (e.fault() != StoreFault.COMMIT_FAILED) { // then a restart shows what it came to
                shelf.drop(taken);
            }
            throw e;
        } catch (RuntimeException e) {
            shelf.drop(taken);
            throw e;
        }
    }

    private static final class Consequences {
        private final List<String> garbage = new ArrayList<>();
        private boolean noted;
        private boolean used;
    }

    private void committed(Consequences result, Collection<String> taken) {
        if (result.used) {
            content.keep(taken);
        } else {
            shelf.drop(taken);
        }
        shelf.drop(result.garbage);
        if (result.noted) {
            outbox.wake();
        }
    }

    /** One change, with what follows from it. */
    final class Change {
        private final Rows rows;
        private final List<String> freed = new ArrayList<>();
        private boolean noted;
        private boolean used;

        Change(Rows rows) {
            this.rows = rows;
        }

        Rows rows() {
            return rows;
        }

        /** Sets an object, frees what it replaces, and notes it. */
        void put(Entry entry, BlobAction action, Optional<String> copiedFrom) {
            rows.find(entry.key()).ifPresent(old -> freed.addAll(old.files()));
            rows.put(entry);
            used = true;
            note(BlobEvent.created(name, action, entry.info(), copiedFrom));
        }

        /** Removes an object if it is there, frees what it held, and notes it. */
        boolean remove(Utf8Key key, BlobAction action) {
            Optional<Entry> old = rows.find(key);
            old.ifPresent(entry -> {
                rows.remove(entry);
                freed.addAll(entry.files());
                note(
                        BlobEvent.deleted(
                                name,
                                action,
                                key.toString(),
                                Instant.ofEpochMilli(rows.nowMillis())));
            });
            return old.isPresent();
        }

        void putPart(String upload, PartRow part) {
            rows.part(upload, part.number()).ifPresent(old -> freed.addAll(old.files()));
            rows.putPart(upload, part);
            used = true;
        }

        /** Forgets an upload; files of its parts that no object holds go. */
        void removeUpload(String upload) {
            rows.parts(upload).forEach(part -> freed.addAll(part.files()));
            rows.removeUpload(upload);
        }

        private void note(BlobEvent event) {
            for (EventRule rule : outbox.rules()) {
                if (rule.matches(event.action(), event.key())) {
                    rows.note(new NotedEvent(0, rule.id(), event));
                    noted = true;
                }
            }
        }
    }

    /** Deletes what an earlier process left as garbage. */
    void clearGarbage() {
        List<String> marked = catalog.read(rows -> rows.garbage(CLEARED_PER_WRITE));
        while (!marked.isEmpty()) {
            shelf.drop(marked);
            List<String> deleted = shelf.takeDeleted();
            catalog.write(
                    rows -> {
                        rows.cleared(deleted);
                        return true;
                    },
                    () -> {});
            if (deleted.size() < marked.size()) {
                return; // some cannot be deleted now
            }
            marked = catalog.read(rows -> rows.garbage(CLEARED_PER_WRITE));
        }
    }

    void ensureOpen() {
        if (closed.get()) {
            throw new BlobException(BlobFault.CLOSED, "the bucket " + name + " is closed");
        }
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            outbox.close();
            content.close();
        }
    }
}
