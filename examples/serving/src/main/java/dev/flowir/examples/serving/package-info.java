/** The HTTP server of the examples, and how they read their settings. */
package dev.flowir.examples.serving;
