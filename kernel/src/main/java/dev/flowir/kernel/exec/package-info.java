/** The direct driver: runs a machine in this process, on the caller's and on virtual threads. */
package dev.flowir.kernel.exec;
