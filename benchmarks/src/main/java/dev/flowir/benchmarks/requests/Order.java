package dev.flowir.benchmarks.requests;

/**
 * What is asked for.
 *
 * @param id which it is
 * @param quantity how many, at least 1
 */
public record Order(long id, int quantity) {

    /** {@return orders with ids from 0} */
    public static Order[] some(int count) {
        Order[] orders = new Order[count];
        for (int i = 0; i < count; i++) {
            orders[i] = new Order(i, 1 + i % 63);
        }
        return orders;
    }
}
