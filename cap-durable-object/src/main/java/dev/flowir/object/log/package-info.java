/** Objects whose state follows from a log: reducer, snapshots, subscribers, archive. */
package dev.flowir.object.log;
