package dev.flowir.examples.tiletar;

/** Hears how an archive gets on. */
interface Progress {

    /** Hears nothing. */
    Progress IGNORED =
            new Progress() {
                @Override
                public void sent(int done, int total) {}

                @Override
                public void stalled(String why) {}
            };

    /**
     * Tiles have left.
     *
     * @param done how many so far
     * @param total how many there are
     */
    void sent(int done, int total);

    /**
     * Nothing has moved for a while; told on another thread than the rest.
     *
     * @param why with its code: who waits for whom
     */
    void stalled(String why);
}
