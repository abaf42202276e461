package dev.flowir.wasm;

import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A flow whose body breaks as it is told to. */
public class FaultWorker implements EdgeApplication {

    /** What a body may do wrong. */
    enum Fault {
        DIVISION,
        REMAINDER,
        DIVISION_OF_LONGS,
        REMAINDER_OF_LONGS,
        FLOOR_MOD,
        INDEX,
        NEGATIVE_INDEX,
        LIST_INDEX,
        TEXT_INDEX,
        NULL,
        UNBOXING,
        CAST,
        NUMBER,
        CONSTANT,
        ITERATOR,
        IMMUTABLE,
        THROWN,
        ERROR
    }

    static final Flow<String, String> BREAKS =
            Flow.define(
                    "breaks",
                    "1.0.0",
                    String.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.pure(
                                            "breaks",
                                            String.class,
                                            String.class,
                                            FaultWorker::meet)));

    static final Flow<String, String> OVERFLOWS =
            Flow.define(
                    "overflows",
                    "1.0.0",
                    String.class,
                    (g, in) ->
                            g.then(
                                    in,
                                    Node.pure(
                                            "overflows",
                                            String.class,
                                            String.class,
                                            FaultWorker::overflow)));

    /** For the service loader. */
    public FaultWorker() {}

    @Override
    public EdgeRoutes routes() {
        return EdgeRoutes.none().post("/breaks", BREAKS).post("/overflows", OVERFLOWS);
    }

    /** Does what {@code name} says; anything that comes from it is text. */
    private static String meet(String name) {
        int zero = name.length() - name.toUpperCase(Locale.ROOT).length();
        long nothing = zero;
        int[] one = {7};
        Object text = name;
        List<Integer> list = new ArrayList<>(List.of(1));
        Object gave =
                switch (Fault.valueOf(name)) {
                    case DIVISION -> 7 / zero;
                    case REMAINDER -> 7 % zero;
                    case DIVISION_OF_LONGS -> 7L / nothing;
                    case REMAINDER_OF_LONGS -> 7L % nothing;
                    case FLOOR_MOD -> Math.floorMod(7, zero);
                    case INDEX -> one[zero + 1];
                    case NEGATIVE_INDEX -> one[zero - 1];
                    case LIST_INDEX -> list.get(zero + 1);
                    case TEXT_INDEX -> name.charAt(zero + 100);
                    case NULL -> nothing(name).trim();
                    case UNBOXING -> list.set(0, null) + list.get(0);
                    case CAST -> ((Integer) text) + 1;
                    case NUMBER -> Integer.parseInt(name);
                    case CONSTANT -> Fault.valueOf("none of them");
                    case ITERATOR -> List.of().iterator().next();
                    case IMMUTABLE -> List.of(1).add(2);
                    case THROWN -> throw new IllegalStateException("no");
                    case ERROR -> throw new AssertionError("never");
                };
        return String.valueOf(gave);
    }

    /** Quotients and remainders that have no room, by divisors that are and are not written out. */
    private static String overflow(String one) {
        int less = -one.length();
        long least = Long.MIN_VALUE + one.length() - 1;
        int leastInt = Integer.MIN_VALUE + one.length() - 1;
        return leastInt / less
                + " "
                + leastInt % less
                + " "
                + least / less
                + " "
                + least % less
                + " "
                + leastInt / -1
                + " "
                + least / -1L
                + " "
                + leastInt / 10
                + " "
                + least % 1_000;
    }

    @SuppressWarnings("NullAway") // that is what is tried
    private static String nothing(String name) {
        return name.isEmpty() ? name : null;
    }
}
