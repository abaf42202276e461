/** Blobs: streams of bytes under keys, with metadata, conditions, parts and change events. */
package dev.flowir.blob;
