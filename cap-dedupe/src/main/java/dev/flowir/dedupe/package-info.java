/** Work that is done once, by the key of what it is about. */
package dev.flowir.dedupe;
