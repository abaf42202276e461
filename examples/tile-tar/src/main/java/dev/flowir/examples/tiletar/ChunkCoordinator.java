package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobWriter;
import dev.flowir.examples.tiletar.Chunks.Assembly;
import dev.flowir.object.AlarmRing;
import dev.flowir.object.Cell;
import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectContext;
import dev.flowir.object.StoredKey;
import dev.flowir.queue.Outgoing;
import dev.flowir.queue.QueueSender;
import dev.flowir.queue.SendOptions;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/**
 * Counts the parts of one archive at a time: an object for each plan. What it sends is kept
 * together with what it has counted, so the last part of an archive, whichever it is and however
 * often it is told, has it assembled once.
 */
final class ChunkCoordinator implements ChunkView {

    /** How long parts of an archive that failed are kept, to look at; our choice. */
    static final Duration KEPT = Duration.ofHours(24);

    private static final StoredKey<ChunkRun> RUN = StoredKey.of("run", ChunkRun.class);

    private final ObjectContext self;
    private final Cell<ChunkRun> run;
    private final Mail mail;

    /**
     * Where it sends, and what it tidies up.
     *
     * @param chunks takes parts that are to be made
     * @param assemblies takes archives whose parts are there
     * @param bucket has the parts
     */
    record Mail(QueueSender chunks, QueueSender assemblies, BlobWriter bucket) {}

    private ChunkCoordinator(ObjectContext self, Mail mail) {
        this.self = self;
        this.mail = mail;
        this.run = self.cell(RUN, ChunkRun.NONE);
    }

    static ObjectClass<ChunkCoordinator> counting(Mail mail) {
        return ObjectClass.of("chunk-coordinator", self -> new ChunkCoordinator(self, mail))
                .alarm(ChunkCoordinator::ring);
    }

    @Override
    public ChunkRun look() {
        return run.get();
    }

    /**
     * Begins an archive, unless one is under way.
     *
     * @param manifest what it must have, of more tiles than a chunk
     * @param id names the run
     */
    ChunkRun begin(Manifest manifest, String id) {
        if (run.get().isUnderway()) {
            return run.get();
        }
        List<Chunks.Chunk> chunks = Chunks.of(manifest, id);
        run.set(ChunkRun.begun(id, chunks.size(), manifest.announcement()));
        self.deleteAlarm();
        List<Outgoing> messages =
                chunks.stream()
                        .map(chunk -> Outgoing.of(Chunks.body(chunk, Chunks.CHUNK)))
                        .toList();
        self.inCommit(() -> mail.chunks().sendBatch(messages, SendOptions.none()));
        return run.get();
    }

    /** Whether a part is still to be made. */
    boolean wants(String id, int index) {
        ChunkRun now = run.get();
        return now.id().equals(id)
                && now.status().equals(ChunkRun.MAKING)
                && !now.made().contains(index);
    }

    /** A part is there. */
    ChunkRun made(String id, int index) {
        ChunkRun now = run.get();
        if (!now.id().equals(id) || !now.status().equals(ChunkRun.MAKING)) {
            return now; // told again, or of a run before
        }
        TreeSet<Integer> made = new TreeSet<>(now.made());
        made.add(index);
        boolean all = made.size() == now.total();
        run.set(now.with(all ? ChunkRun.ASSEMBLING : ChunkRun.MAKING, List.copyOf(made), ""));
        if (all) {
            Assembly assembly = new Assembly(id, now.total(), now.archive());
            self.inCommit(() -> mail.assemblies().send(Chunks.body(assembly, Chunks.ASSEMBLY)));
        }
        return run.get();
    }

    /** The container has taken the archive. */
    ChunkRun assembled(String id) {
        ChunkRun now = run.get();
        if (now.id().equals(id) && now.status().equals(ChunkRun.ASSEMBLING)) {
            run.set(now.with(ChunkRun.COMPLETE, now.made(), ""));
        }
        return run.get();
    }

    /** A part, or the whole, was given up: what there is stays for a day. */
    ChunkRun failed(String id, String why) {
        ChunkRun now = run.get();
        if (now.id().equals(id) && now.isUnderway()) {
            run.set(now.with(ChunkRun.FAILED, now.made(), why));
            self.setAlarm(self.now().plus(KEPT));
        }
        return run.get();
    }

    private void ring(AlarmRing ring) {
        ChunkRun old = run.get();
        if (old.status().equals(ChunkRun.FAILED)) {
            List<String> keys = Chunks.keys(old.archive().plan(), old.id(), old.total());
            self.outside(() -> {
                mail.bucket().delete(keys);
                return true;
            });
        }
    }
}
