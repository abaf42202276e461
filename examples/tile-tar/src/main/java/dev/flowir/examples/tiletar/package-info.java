/** Pyramids of tiles, streamed as one tar archive. */
package dev.flowir.examples.tiletar;
