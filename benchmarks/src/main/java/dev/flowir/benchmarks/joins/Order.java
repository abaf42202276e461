package dev.flowir.benchmarks.joins;

/**
 * An item.
 *
 * @param id which
 * @param amount how many
 */
record Order(int id, int amount) {

    /** What one way gives. */
    record Price(long cents) {}

    /** What the other way gives. */
    record Risk(long points) {}

    static Order[] some(int count) {
        Order[] orders = new Order[count];
        for (int i = 0; i < count; i++) {
            orders[i] = new Order(i, 1 + i % 7);
        }
        return orders;
    }

    Price price() {
        return new Price(amount * 100L + id % 10);
    }

    Risk risk() {
        return new Risk((id * 31L + amount) % 100);
    }

    static long both(Price price, Risk risk) {
        return price.cents() * 1000 + risk.points();
    }
}
