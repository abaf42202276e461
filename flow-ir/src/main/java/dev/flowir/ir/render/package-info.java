/** Pictures of a flow: Mermaid, DOT and SVG. */
package dev.flowir.ir.render;
