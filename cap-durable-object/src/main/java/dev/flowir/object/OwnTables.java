package dev.flowir.object;

import dev.flowir.store.PagedDatabase;
import dev.flowir.store.StoreException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one object that is awake: a database that is made of the object's pages at its
 * first use, and is open until the object leaves memory. At most one turn uses it.
 */
final class OwnTables {

    private final Shelf shelf;
    private final Scratch scratch;
    private @Nullable PagedDatabase kept;
    private @Nullable PagedDatabase fresh;
    private boolean cleared;
    private boolean closed;
    private int parts;

    OwnTables(Shelf shelf, Scratch scratch) {
        this.shelf = shelf;
        this.scratch = scratch;
    }

    /** The database, in a transaction with as many parts as the turn has. */
    synchronized PagedDatabase use(int depth) {
        PagedDatabase database = current();
        if (!database.isBegun()) {
            database.begin();
            parts = 0;
        }
        while (parts < depth) {
            database.savepoint(parts);
            parts++;
        }
        return database;
    }

    private PagedDatabase current() {
        if (closed) {
            throw Shelf.reset(null);
        }
        PagedDatabase known = cleared ? fresh : kept;
        if (known != null) {
            return known;
        }
        PagedDatabase opened = scratch.open(cleared ? after -> new TreeMap<>() : shelf.pages());
        if (cleared) {
            fresh = opened;
        } else {
            kept = opened;
        }
        return opened;
    }

    /** A part of the turn ends, when it has begun here. */
    synchronized void end(int depth, boolean keep) {
        PagedDatabase database = cleared ? fresh : kept;
        if (database == null || !database.isBegun() || parts <= depth) {
            return;
        }
        parts = depth;
        if (keep) {
            database.release(depth);
        } else {
            database.undo(depth);
        }
    }

    /** Everything is deleted, until the turn fails. */
    synchronized void clear() {
        if (fresh != null) {
            scratch.close(fresh);
            fresh = null;
        }
        cleared = true;
        parts = 0;
    }

    /** Ends the turn's transaction and tells what it changed. */
    synchronized Map<Integer, byte[]> commit() {
        PagedDatabase database = cleared ? fresh : kept;
        Map<Integer, byte[]> pages =
                database == null || !database.isBegun() ? Map.of() : commit(database);
        if (cleared) {
            if (kept != null) {
                scratch.close(kept);
            }
            // Without a use since, it is made of what drafts say: nothing.
            kept = fresh;
            fresh = null;
            cleared = false;
        }
        return pages;
    }

    private Map<Integer, byte[]> commit(PagedDatabase database) {
        try {
            return database.commit();
        } catch (StoreException e) {
            if (!database.isBegun()) {
                // It has what nobody knows of; the next use makes it again.
                drop(database);
            }
            throw e;
        }
    }

    private void drop(PagedDatabase database) {
        scratch.close(database);
        if (database.equals(kept)) {
            kept = null;
        } else {
            fresh = null;
        }
    }

    /** Undoes what the turn did. */
    synchronized void rollback() {
        cleared = false;
        if (fresh != null) {
            scratch.close(fresh);
            fresh = null;
        }
        PagedDatabase database = kept;
        if (database != null) {
            try {
                database.rollback();
            } catch (StoreException e) {
                drop(database);
            }
        }
    }

    /** The size of the database as the turn sees it. */
    synchronized long bytes() {
        PagedDatabase database = cleared ? fresh : kept;
        if (database != null) {
            return database.bytes();
        }
        return cleared ? 0 : shelf.pageCount() * PagedDatabase.PAGE_BYTES;
    }

    synchronized boolean isOpen() {
        return kept != null;
    }

    /** The object leaves memory, or is given up. */
    synchronized void close() {
        closed = true;
        for (PagedDatabase database : new @Nullable PagedDatabase[] {kept, fresh}) {
            if (database != null) {
                scratch.close(database);
            }
        }
        kept = null;
        fresh = null;
    }
}
