package dev.flowir.wasm;

import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.RunCore;
import org.jspecify.annotations.Nullable;

/** One thing that a durable run has to do with other objects, where its flow asks for it. */
interface EdgeTie {

    /** The run was read, or begins: what it leads to from here on is to be told. */
    void read(RunCore core);

    /** The run begins anew, with other steps than those that were read or told of so far. */
    void restarted();

    /** Adds what others are to be told once the run is as it is now. */
    void tell(RunCore core, EdgeOutbox box);

    /** Answers a call that is for it; null for any other. */
    @Nullable String answer(String call, String input);

    /** What came back for something that was told. */
    void answered(EdgeOutbox.Message told, String answer);

    /** Something that was told was refused, and always will be. */
    void refused(EdgeOutbox.Message told, JournalException why);
}
