/** Example: a chat with a memory, a model, tools and a plan for the day. */
package dev.flowir.examples.microcos;
