/** The host SPI: what those need who embed the kernel, and what HTTP hosts have in common. */
package dev.flowir.kernel.host;
