/**
 * What a machine must do, as numbered cases that need no test library: they run wherever the
 * machine is compiled for.
 */
package dev.flowir.kernel.machine.conformance;
