/** Backends on Redis: one {@link dev.flowir.redis.Redis} connects, and binds capabilities. */
package dev.flowir.redis;
