/**
 * The embedded store: one SQLite file that holds everything of an application, so that what belongs
 * together commits together. Start at {@link dev.flowir.store.Store}.
 */
package dev.flowir.store;
