package dev.flowir.durable;

import dev.flowir.kernel.journal.Journal;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.store.ReadTx;
import dev.flowir.store.WriteTx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The records of one run, from the last to the first: single ones, and blocks of them. A record and
 * a block both know the place before them.
 */
final class Chain {

    /** A part of it: one record, or a block. */
    private static final class Link {
        final long place;
        final long previous;
        final int records;
        final byte[] bytes;
        final boolean isBlock;

        Link(long place, long previous, int records, byte[] bytes, boolean isBlock) {
            this.place = place;
            this.previous = previous;
            this.records = records;
            this.bytes = bytes;
            this.isBlock = isBlock;
        }
    }

    private final ReadTx tx;

    Chain(ReadTx tx) {
        this.tx = tx;
    }

    private Optional<Link> link(long place) {
        Optional<Link> single =
                tx.first(
                        "SELECT previous, bytes FROM flowir_durable_records WHERE place = ?",
                        row -> new Link(place, row.getLong(1), 1, row.getBytes(2), false),
                        place);
        return single.isPresent()
                ? single
                : tx.first(
                        "SELECT previous, records, bytes FROM flowir_durable_blocks"
                                + " WHERE place = ?",
                        row ->
                                new Link(
                                        place,
                                        row.getLong(1),
                                        row.getInt(2),
                                        row.getBytes(3),
                                        true),
                        place);
    }

    /** The records that lead to {@code tail}, first to last. */
    List<Journal.Stored> records(long tail) {
        Deque<Journal.Stored> records = new ArrayDeque<>();
        Optional<Link> next = tail > 0 ? link(tail) : Optional.empty();
        while (next.isPresent()) { // when one is missing, the checksum of what follows says so
            Link link = next.get();
            List<byte[]> all =
                    link.isBlock ? Blocks.unfold(link.bytes, link.records) : List.of(link.bytes);
            for (byte[] record : all.reversed()) {
                records.addFirst(new Journal.Stored(link.place, Payload.of(record)));
            }
            next = link.previous > 0 ? link(link.previous) : Optional.empty();
        }
        return List.copyOf(records);
    }

    /** Deletes the records that lead to {@code tail}. */
    static void delete(WriteTx tx, long tail) {
        Chain chain = new Chain(tx);
        Optional<Link> next = tail > 0 ? chain.link(tail) : Optional.empty();
        while (next.isPresent()) {
            Link link = next.get();
            delete(tx, link);
            next = link.previous > 0 ? chain.link(link.previous) : Optional.empty();
        }
    }

    private static void delete(WriteTx tx, Link link) {
        tx.change(
                link.isBlock
                        ? "DELETE FROM flowir_durable_blocks WHERE place = ?"
                        : "DELETE FROM flowir_durable_records WHERE place = ?",
                link.place);
    }

    /**
     * Makes blocks of single records that follow each other.
     *
     * @param atLeast how many are worth one
     * @return how many blocks were made
     */
    static int fold(WriteTx tx, long run, long tail, int atLeast) {
        Chain chain = new Chain(tx);
        int made = 0;
        List<Link> links = new ArrayList<>();
        long bytes = 0;
        Optional<Link> next = tail > 0 ? chain.link(tail) : Optional.empty();
        while (next.isPresent()) {
            Link link = next.get();
            boolean full =
                    links.size() == Blocks.MOST_RECORDS
                            || bytes + link.bytes.length > Blocks.MOST_BYTES;
            if (link.isBlock || full) {
                made += fold(tx, run, links, atLeast);
                links.clear();
                bytes = 0;
            }
            if (!link.isBlock && link.bytes.length <= Blocks.MOST_BYTES) {
                links.add(link);
                bytes += link.bytes.length;
            }
            next = link.previous > 0 ? chain.link(link.previous) : Optional.empty();
        }
        return made + fold(tx, run, links, atLeast);
    }

    /** The last record is the first of {@code links}: its place is that of the block. */
    private static int fold(WriteTx tx, long run, List<Link> links, int atLeast) {
        if (links.size() < atLeast) {
            return 0;
        }
        byte[] block = Blocks.fold(links.reversed().stream().map(link -> link.bytes).toList());
        links.forEach(link -> delete(tx, link));
        tx.change(
                "INSERT INTO flowir_durable_blocks VALUES (?, ?, ?, ?, ?)",
                links.getFirst().place,
                run,
                links.getLast().previous,
                links.size(),
                block);
        return 1;
    }
}
