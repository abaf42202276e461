/** Rate limits: permits from token buckets, waited for no longer than a caller says. */
package dev.flowir.limit;
