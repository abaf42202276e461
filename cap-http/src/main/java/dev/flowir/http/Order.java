package dev.flowir.http;

/**
 * A call as it is carried out, whatever its kind.
 *
 * @param call method, target, headers, limits
 * @param body what is sent
 * @param repeats what a repeat would be
 */
record Order(HttpCall<?> call, HttpBody body, HttpWrite.Repeats repeats) {

    static Order of(HttpRead call) {
        return new Order(call, HttpBody.empty(), HttpWrite.Repeats.SAME_BY_METHOD);
    }

    static Order of(HttpWrite call) {
        return new Order(call, call.body(), call.repeats());
    }

    /** Whether it only asks: then it follows redirects, and no fence stops it. */
    boolean asks() {
        return call instanceof HttpRead;
    }
}
