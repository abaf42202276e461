package dev.flowir.wasm;

import dev.flowir.kernel.journal.Issued;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was applied to a durable run and is not written yet. */
final class EdgeRunDraft {

    final List<byte[]> records = new ArrayList<>();
    final List<Issued> launch = new ArrayList<>();
    final List<Long> interrupted = new ArrayList<>();

    /** Of a run that begins, or begins anew. */
    EdgeLedger.@Nullable Pinned pin;

    /** Of a run that begins for another one. */
    String parent = "";

    /** How many records there are. */
    int first;
}
