package dev.flowir.benchmarks.objects;

/** How the bytes of a file get to another place. */
enum Move {
    COPY("`Files.copy`"),
    COPY_FLUSHED("`Files.copy`, then flushed"),
    PUT("put: a file becomes a blob, flushed"),
    GET("get: a blob becomes a file");

    private final String title;

    Move(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
