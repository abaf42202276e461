/** Pictures that are uploaded, classified by durable runs, and shown live. */
package dev.flowir.examples.imagepipeline;
