package dev.flowir.wasm;

/**
 * Asks what code divides by; the build puts it before divisions whose divisor is not written out.
 */
final class Divisor {

    private Divisor() {}

    static int notZero(int divisor) {
        if (divisor == 0) {
            throw byZero();
        }
        return divisor;
    }

    static long notZero(long divisor) {
        if (divisor == 0) {
            throw byZero();
        }
        return divisor;
    }

    /** As on a JVM also where the quotient has no room, which ends a program as WebAssembly. */
    static int quotient(int dividend, int divisor) {
        return divisor == -1 ? -dividend : dividend / notZero(divisor);
    }

    static long quotient(long dividend, long divisor) {
        return divisor == -1 ? -dividend : dividend / notZero(divisor);
    }

    private static ArithmeticException byZero() {
        return new ArithmeticException("/ by zero"); // the words of a JVM
    }
}
