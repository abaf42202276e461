/** Caches of what nodes gave: bounded, worked out once for all who ask at the same time. */
package dev.flowir.cache;
