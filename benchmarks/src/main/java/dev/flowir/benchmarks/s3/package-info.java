/** Blobs on a server that speaks S3 beside the bare client. */
package dev.flowir.benchmarks.s3;
