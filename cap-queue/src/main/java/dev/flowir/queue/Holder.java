package dev.flowir.queue;

/** Who holds a message. */
enum Holder {
    /** Nobody: it is visible or delayed. */
    NOBODY(0),
    /** A handler of this broker. */
    HANDLER(1),
    /** Whoever pulled it. */
    PULLER(2);

    private final int code;

    Holder(int code) {
        this.code = code;
    }

    /** What stands for it on the disk. */
    int code() {
        return code;
    }

    static Holder of(int code) {
        for (Holder holder : values()) {
            if (holder.code == code) {
                return holder;
            }
        }
        throw new IllegalArgumentException("no holder has the code " + code);
    }
}
