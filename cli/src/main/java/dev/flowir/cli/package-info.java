/** The command line. */
package dev.flowir.cli;
