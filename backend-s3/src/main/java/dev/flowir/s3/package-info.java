/** Blobs on a server that speaks S3: settings, the connection, and what can go wrong. */
package dev.flowir.s3;
