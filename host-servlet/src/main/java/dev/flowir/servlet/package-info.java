/**
 * Hosts flows behind HTTP: {@code Routes} says what answers where, {@code FlowServlet} serves it.
 */
package dev.flowir.servlet;
