/** Watchdogs that are armed and cancelled while very many others stand. */
package dev.flowir.benchmarks.watchdogs;
