/** Key-value: tokens and handles for flows, namespaces for hosts. */
package dev.flowir.kv;
