package dev.flowir.ir.render;

import dev.flowir.ir.FlowDefinition;

/**
 * Pictures of a flow. Broken flows can be drawn too: an alias that no node has gets a dashed box.
 * The same flow gives the same text.
 */
public final class Pictures {

    private Pictures() {}

    /**
     * Draws a flow for pages that render Mermaid.
     *
     * @param flow the flow
     * @return a Mermaid flowchart
     */
    public static String mermaid(FlowDefinition flow) {
        return Mermaid.draw(Picture.of(flow));
    }

    /**
     * Draws a flow for Graphviz.
     *
     * @param flow the flow
     * @return a graph in the DOT language
     */
    public static String dot(FlowDefinition flow) {
        return Dot.draw(Picture.of(flow));
    }

    /**
     * Draws a flow for a browser.
     *
     * @param flow the flow
     * @return a whole SVG document, laid out in layers from left to right
     */
    public static String svg(FlowDefinition flow) {
        return Svg.draw(Picture.of(flow));
    }
}
