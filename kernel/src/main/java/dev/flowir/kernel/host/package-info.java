/** The host SPI: what those need who embed the kernel. */
package dev.flowir.kernel.host;
