/** What users see: {@code Runtime}, {@code Invocation}, {@code Run}, {@code Result}. */
package dev.flowir.kernel;
