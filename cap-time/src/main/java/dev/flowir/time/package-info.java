/** Time and chance: what no computation gives, read by token so that runs can record it. */
package dev.flowir.time;
