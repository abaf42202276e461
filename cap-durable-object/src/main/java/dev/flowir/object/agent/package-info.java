/** Objects with state that clients see, and methods that they call. */
package dev.flowir.object.agent;
