/** Forms with files as hosts take them: one reader, for servers and for isolates. */
@org.jspecify.annotations.NullMarked
package dev.flowir.kernel.form;
