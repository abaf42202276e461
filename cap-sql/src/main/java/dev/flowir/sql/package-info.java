/**
 * SQL as a capability. Nodes ask by {@link dev.flowir.sql.Sql#reader} and {@link
 * dev.flowir.sql.Sql#writer}; a deployment binds a {@link dev.flowir.sql.SqlProvider}.
 */
package dev.flowir.sql;
