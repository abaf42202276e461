/** The state machine that runs a plan: events in, commands out, nothing else. */
package dev.flowir.kernel.machine;
