/**
 * What a deployment binds: catalogs, locks that are made and not edited, and capabilities of them.
 */
package dev.flowir.bindings;
