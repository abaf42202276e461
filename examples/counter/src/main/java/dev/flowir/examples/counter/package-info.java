/** Example: a capability of one's own, named counters. */
package dev.flowir.examples.counter;
