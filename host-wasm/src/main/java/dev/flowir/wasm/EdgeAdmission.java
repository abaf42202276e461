package dev.flowir.wasm;

/** What comes of a first look at a request: its answer, or what runs for it. */
sealed interface EdgeAdmission permits EdgeReply.Whole, EdgeCall {}
