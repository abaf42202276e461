/** Secrets by name: tokens, and where they come from. */
package dev.flowir.secret;
