/** The capability SPI: what a module that offers a resource implements. */
package dev.flowir.kernel.cap;
