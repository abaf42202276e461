package dev.flowir.ir.plan;

import dev.flowir.ir.Losers;
import java.util.List;

/** A node at which the first item of an input goes on and everything behind it has lost. */
public final class Race {

    private final int index;
    private final int node;
    private final Losers losers;
    private final boolean[] contains;
    private final boolean[] reaches;

    Race(int index, int node, Losers losers, boolean[] contains, boolean[] reaches) {
        this.index = index;
        this.node = node;
        this.losers = losers;
        this.contains = contains;
        this.reaches = reaches;
    }

    /** {@return its number among the races of its plan, from 0; one within another comes before} */
    public int index() {
        return index;
    }

    /** {@return index of the node where the items meet} */
    public int node() {
        return node;
    }

    /** {@return what becomes of bodies that run when their item has lost} */
    public Losers losers() {
        return losers;
    }

    /**
     * {@return true when what {@code at} gives leads to the race and nowhere else}
     *
     * @param at index of a node
     */
    public boolean contains(int at) {
        return contains[at];
    }

    /**
     * {@return true when a way leads from {@code at} to the race, or it is where the items meet}
     *
     * @param at index of a node
     */
    public boolean reaches(int at) {
        return reaches[at];
    }

    /** Nodes that belong to it: fewer for a race within another. */
    private int size() {
        int size = 0;
        for (boolean in : contains) {
            size += in ? 1 : 0;
        }
        return size;
    }

    /** {@return the races in their order, numbered} */
    static Race[] numbered(List<Race> found) {
        List<Race> sorted = new java.util.ArrayList<>(found);
        sorted.sort((a, b) -> Integer.compare(a.size(), b.size()));
        Race[] races = new Race[sorted.size()];
        for (int i = 0; i < races.length; i++) {
            Race it = sorted.get(i);
            races[i] = new Race(i, it.node, it.losers, it.contains, it.reaches);
        }
        return races;
    }
}
