/** Example: a task runner that loses nothing. */
package dev.flowir.examples.taskrunner;
