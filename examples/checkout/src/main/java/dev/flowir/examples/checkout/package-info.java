/** Example: a first flow. */
package dev.flowir.examples.checkout;
