package dev.flowir.kernel.journal;

import dev.flowir.ir.CodecException;
import dev.flowir.kernel.RecordedException;
import dev.flowir.kernel.machine.Machine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes and reads the records of one run, in order: a record holds the time since the one before
 * it, and a CRC32C over itself and all before it, so that none can be changed, dropped or moved
 * without notice. About 30 bytes besides the payload.
 */
public final class RecordCodec {

    /** First byte of a run's first record. */
    static final int FORMAT = 1;

    private static final int STARTED = 1;
    private static final int COMPLETED = 2;
    private static final int EMPTY = 3;
    private static final int FAILED = 4;
    private static final int LOST = 5;
    private static final int TIMER = 6;
    private static final int SIGNALLED = 7;
    private static final int PAUSED = 8;
    private static final int RESUMED = 9;
    private static final int CANCELLED = 10;
    private static final int CANCELLED_TO_UNDO = 11;
    private static final int ANSWERED = 12;
    private static final int STARTED_BY_RUN = 13;

    /** Before the kind of a record whose payload is kept elsewhere: what names it follows. */
    private static final int ELSEWHERE = 64;

    private static final int CHECK_BYTES = 4;
    private static final int SLOT_BITS = 24;
    private static final byte[] NOTHING = {};

    /** Reads a payload that a node gave. */
    private interface Outputs {
        Value of(int node, Payload payload) throws CodecException;
    }

    /** Reads the payload that a run began with. */
    private interface Inputs {
        Value of(Payload payload) throws CodecException;
    }

    private final Inputs inputs;
    private final Outputs outputs;
    private final int nodes;
    private int check;
    private long lastNanos;
    private int count;

    /**
     * For a run from its beginning.
     *
     * @param flow the flow that it runs
     * @param seed what its first checksum starts from: the run's id
     */
    public RecordCodec(PinnedFlow flow, String seed) {
        this(flow.hash(), flow.plan().nodeCount(), flow::decodeInput, flow::decode, seed);
    }

    private RecordCodec(String plan, int nodes, Inputs inputs, Outputs outputs, String seed) {
        this.nodes = nodes;
        this.inputs = inputs;
        this.outputs = outputs;
        byte[] begins = (seed + plan).getBytes(StandardCharsets.UTF_8);
        Checksum sum = new Checksum();
        sum.update(begins, begins.length);
        this.check = sum.value();
    }

    /**
     * For looking at a run without its code: payloads stay as they are kept.
     *
     * @param plan hash of the flow that it is pinned to
     * @param seed what its first checksum starts from: the run's id
     * @return a codec that checks everything but what payloads hold
     */
    public static RecordCodec withoutFlow(String plan, String seed) {
        return new RecordCodec(
                plan,
                Integer.MAX_VALUE,
                payload -> new Value(payload, payload),
                (node, payload) -> new Value(payload, payload),
                seed);
    }

    /** {@return records written or read so far} */
    public int count() {
        return count;
    }

    /**
     * The next record as bytes.
     *
     * @param record the record
     * @return its bytes
     */
    public byte[] write(JournalRecord record) {
        ByteSink out = new ByteSink();
        Entry entry = record.entry();
        long since = entry.atNanos() - (count == 0 ? 0 : lastNanos);
        payload(entry)
                .filter(payload -> payload.name().isPresent())
                .ifPresent(payload -> {
                    out.octet(ELSEWHERE);
                    out.block(payload.raw());
                });
        write(out, entry, since);
        out.number(record.issued().size());
        for (Issued issued : record.issued()) {
            ticket(out, issued.ticket());
            out.number(issued.node());
            out.number(issued.attempt());
            out.fixed(issued.item());
        }
        check = checksum(out.bytes(), out.size());
        out.check(check);
        lastNanos = entry.atNanos();
        count++;
        return out.toBytes();
    }

    private static void write(ByteSink out, Entry entry, long since) {
        switch (entry) {
            case Entry.Started it -> {
                head(out, it.parent() == 0 ? STARTED : STARTED_BY_RUN, since);
                if (it.parent() != 0) {
                    out.number(it.parent());
                }
                out.octet(FORMAT);
                out.number(it.deadlineNanos() + 1);
                out.number(it.maxSteps());
                payload(out, it.input().encoded());
            }
            case Entry.Completed it -> {
                step(out, COMPLETED, since, it.ticket(), it.node());
                payload(out, it.output().encoded());
            }
            case Entry.Empty it -> step(out, EMPTY, since, it.ticket(), it.node());
            case Entry.Failed it -> {
                step(out, FAILED, since, it.ticket(), it.node());
                out.octet(it.error().isRetriable() ? 1 : 0);
                out.text(it.error().type());
                out.text(String.valueOf(it.error().getMessage()));
            }
            case Entry.Lost it -> {
                head(out, LOST, since);
                ticket(out, it.ticket());
                out.number(it.repeats());
            }
            case Entry.Timer it -> {
                head(out, TIMER, since);
                ticket(out, it.timer());
            }
            case Entry.Signalled it -> {
                head(out, SIGNALLED, since);
                out.text(it.name());
                payload(out, it.payload());
            }
            case Entry.Paused ignored -> head(out, PAUSED, since);
            case Entry.Resumed it -> {
                head(out, RESUMED, since);
                out.number(it.pausedNanos());
            }
            case Entry.Cancelled it -> {
                head(out, CANCELLED, since);
                out.text(it.reason());
            }
            case Entry.Answered it -> {
                head(out, ANSWERED, since);
                out.number(it.node());
                out.block(it.answer().raw());
                out.text(it.by());
            }
            case Entry.CancelledToUndo it -> {
                head(out, CANCELLED_TO_UNDO, since);
                out.text(it.reason());
            }
        }
    }

    private static Optional<Payload> payload(Entry entry) {
        return switch (entry) {
            case Entry.Started it -> Optional.of(it.input().encoded());
            case Entry.Completed it -> Optional.of(it.output().encoded());
            case Entry.Signalled it -> Optional.of(it.payload());
            default -> Optional.empty();
        };
    }

    private static void payload(ByteSink out, Payload payload) {
        out.block(payload.name().isPresent() ? NOTHING : payload.raw());
    }

    /** A payload of the record that is read now. */
    private static Payload payload(ByteSource in, Optional<Payload> elsewhere) {
        byte[] block = in.block();
        return elsewhere.orElseGet(() -> Payload.wrap(block));
    }

    /**
     * {@return what names the payload of a record that is kept elsewhere; empty when it is in the
     * record}
     *
     * @param record what {@link #write} gave
     */
    public static Optional<Payload> elsewhere(byte[] record) {
        return record.length == 0 || record[0] != ELSEWHERE
                ? Optional.empty()
                : Optional.of(reference(new ByteSource(record, record.length)));
    }

    private static Payload reference(ByteSource in) {
        in.octet();
        return Payload.reference(in.block());
    }

    private static void head(ByteSink out, int kind, long since) {
        out.octet(kind);
        out.number(since);
    }

    private static void step(ByteSink out, int kind, long since, long ticket, int node) {
        head(out, kind, since);
        ticket(out, ticket);
        out.number(node);
    }

    /** A ticket is a counter above a place: two small numbers are shorter than one large one. */
    private static void ticket(ByteSink out, long ticket) {
        out.number(ticket >>> SLOT_BITS);
        out.number(Machine.place(ticket));
    }

    private static long ticket(ByteSource in) {
        long sequence = in.number();
        return sequence << SLOT_BITS | in.number();
    }

    /**
     * The next record from its bytes.
     *
     * @param bytes what {@link #write} gave
     * @return the record
     * @throws JournalException {@link JournalFault#DAMAGED} with its number
     */
    public JournalRecord read(byte[] bytes) {
        int length = bytes.length - CHECK_BYTES;
        if (length < 0) {
            throw damaged("it is too short");
        }
        int stored = 0;
        for (int i = 0; i < CHECK_BYTES; i++) {
            stored |= (bytes[length + i] & 0xFF) << (8 * i);
        }
        int expected = checksum(bytes, length);
        if (stored != expected) {
            throw damaged(
                    "its checksum is "
                            + Integer.toHexString(stored)
                            + ", and what is there now gives "
                            + Integer.toHexString(expected));
        }
        JournalRecord record;
        try {
            record = read(new ByteSource(bytes, length));
        } catch (MalformedRecordException | CodecException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
        check = stored;
        lastNanos = record.entry().atNanos();
        count++;
        return record;
    }

    private JournalRecord read(ByteSource in) throws CodecException {
        Optional<Payload> elsewhere =
                in.next() == ELSEWHERE ? Optional.of(reference(in)) : Optional.empty();
        int kind = in.octet();
        long at = in.number() + (count == 0 ? 0 : lastNanos);
        Entry entry = entry(in, kind, at, elsewhere);
        int steps = in.small();
        List<Issued> issued = new ArrayList<>(Math.min(steps, 64));
        for (int i = 0; i < steps; i++) {
            issued.add(new Issued(ticket(in), node(in), in.small(), in.fixed()));
        }
        in.finish();
        return new JournalRecord(entry, issued);
    }

    private Entry entry(ByteSource in, int kind, long at, Optional<Payload> elsewhere)
            throws CodecException {
        return switch (kind) {
            case STARTED -> started(in, at, 0, elsewhere);
            case STARTED_BY_RUN -> started(in, at, in.number(), elsewhere);
            case COMPLETED -> {
                long ticket = ticket(in);
                int node = node(in);
                Value output = outputs.of(node, payload(in, elsewhere));
                yield new Entry.Completed(at, ticket, node, output);
            }
            case EMPTY -> new Entry.Empty(at, ticket(in), node(in));
            case FAILED -> {
                long ticket = ticket(in);
                int node = node(in);
                boolean retriable = in.octet() == 1;
                String type = in.text();
                yield new Entry.Failed(
                        at, ticket, node, new RecordedException(type, in.text(), retriable));
            }
            case LOST -> new Entry.Lost(at, ticket(in), in.small());
            case TIMER -> new Entry.Timer(at, ticket(in));
            case SIGNALLED -> new Entry.Signalled(at, in.text(), payload(in, elsewhere));
            case PAUSED -> new Entry.Paused(at);
            case RESUMED -> new Entry.Resumed(at, in.number());
            case CANCELLED -> new Entry.Cancelled(at, in.text());
            case ANSWERED -> new Entry.Answered(at, node(in), Payload.wrap(in.block()), in.text());
            case CANCELLED_TO_UNDO -> new Entry.CancelledToUndo(at, in.text());
            default -> throw new MalformedRecordException("its kind " + kind + " is not known");
        };
    }

    private Entry started(ByteSource in, long at, long parent, Optional<Payload> elsewhere)
            throws CodecException {
        int format = in.octet();
        if (format != FORMAT) {
            throw new MalformedRecordException(
                    "its format is " + format + "; this program reads " + FORMAT);
        }
        long deadline = in.number() - 1;
        int maxSteps = in.small();
        Value input = inputs.of(payload(in, elsewhere));
        return new Entry.Started(at, input, deadline, maxSteps, parent);
    }

    private int node(ByteSource in) {
        int node = in.small();
        if (node >= nodes) {
            throw new MalformedRecordException("the flow has no node number " + node);
        }
        return node;
    }

    private int checksum(byte[] bytes, int length) {
        Checksum sum = new Checksum();
        for (int shift = 0; shift < 32; shift += 8) {
            sum.update(check >>> shift);
        }
        sum.update(bytes, length);
        return sum.value();
    }

    private JournalException damaged(String why) {
        return new JournalException(
                JournalFault.DAMAGED,
                "record " + (count + 1) + " of the run is not what was written: " + why);
    }
}
