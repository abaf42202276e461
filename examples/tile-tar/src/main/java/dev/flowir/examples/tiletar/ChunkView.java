package dev.flowir.examples.tiletar;

/** What a reader may ask a coordinator of parts. */
interface ChunkView {

    /** {@return how the archive stands} */
    ChunkRun look();
}
