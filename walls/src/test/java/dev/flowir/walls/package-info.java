/** The walls of the house, as tests; every rule is itself tested against code that breaks it. */
@org.jspecify.annotations.NullMarked
package dev.flowir.walls;
