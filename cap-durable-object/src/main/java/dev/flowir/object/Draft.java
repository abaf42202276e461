package dev.flowir.object;

import dev.flowir.store.PagedDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a call, or a transaction inside it, has written so far. Belongs to one thread at a time. */
final class Draft {

    private boolean cleared;
    private Map<String, Optional<byte[]>> entries = Map.of();
    private Map<Integer, byte[]> pages = Map.of();
    private Optional<AlarmState> alarm = Optional.empty();
    private List<Runnable> inCommit = List.of();
    private List<After> after = List.of();
    private List<Outbox.Slot> frames = List.of();
    private long bytes;

    /** What runs once the draft is durable, or else when it is given up. */
    record After(Runnable durable, Runnable dropped) {}

    /** Everything older is gone. */
    boolean cleared() {
        return cleared;
    }

    /** Values by key; empty for those that were deleted. */
    Map<String, Optional<byte[]>> entries() {
        return entries;
    }

    /** Pages of the object's tables by number, as its last write left them. */
    Map<Integer, byte[]> pages() {
        return pages;
    }

    Optional<AlarmState> alarm() {
        return alarm;
    }

    List<Runnable> inCommit() {
        return inCommit;
    }

    List<After> after() {
        return after;
    }

    /** About how much heap it takes. */
    long bytes() {
        return bytes;
    }

    /** At least what its entries take in the store. */
    long entryBytes() {
        return bytes - (long) pages.size() * PagedDatabase.PAGE_BYTES;
    }

    /** True when nothing of it has to be stored or told about. */
    boolean isEmpty() {
        return !cleared
                && entries.isEmpty()
                && pages.isEmpty()
                && alarm.isEmpty()
                && inCommit.isEmpty()
                && after.isEmpty();
    }

    void set(String key, Optional<byte[]> value) {
        if (entries.isEmpty()) {
            entries = new HashMap<>();
        }
        entries.put(key, value);
        bytes += 3L * key.length() + value.map(v -> v.length).orElse(0) + 64L;
    }

    void pages(Map<Integer, byte[]> changed) {
        if (changed.isEmpty()) {
            return;
        }
        if (pages.isEmpty()) {
            pages = new HashMap<>();
        }
        int before = pages.size();
        pages.putAll(changed);
        bytes += (pages.size() - before) * (long) PagedDatabase.PAGE_BYTES;
    }

    void clear() {
        cleared = true;
        entries = Map.of();
        pages = Map.of();
        bytes = 0;
        alarm = Optional.of(AlarmState.NONE);
    }

    void alarm(AlarmState next) {
        alarm = Optional.of(next);
    }

    void inCommit(Runnable work) {
        if (inCommit.isEmpty()) {
            inCommit = new ArrayList<>();
        }
        inCommit.add(work);
    }

    void after(After work) {
        if (after.isEmpty()) {
            after = new ArrayList<>();
        }
        after.add(work);
    }

    /** A frame that leaves when the draft is durable; it is no part of what is stored. */
    void frame(Outbox.Slot slot) {
        if (frames.isEmpty()) {
            frames = new ArrayList<>();
        }
        frames.add(slot);
    }

    boolean hasFrames() {
        return !frames.isEmpty();
    }

    /** Lets its frames leave. */
    void release() {
        frames.forEach(Outbox.Slot::release);
    }

    /** Its frames will not leave. */
    void dropFrames() {
        frames.forEach(Outbox.Slot::drop);
    }

    /** Adds what came after this one. */
    void add(Draft later) {
        if (later.cleared) {
            clear();
        }
        later.entries.forEach(this::set);
        pages(later.pages);
        later.alarm.ifPresent(this::alarm);
        later.inCommit.forEach(this::inCommit);
        later.after.forEach(this::after);
        later.frames.forEach(this::frame);
    }

    /** Tells what waited for it that it will never be durable. */
    void dropped() {
        after.forEach(work -> work.dropped().run());
        dropFrames();
    }
}
