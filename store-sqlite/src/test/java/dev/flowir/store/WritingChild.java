package dev.flowir.store;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Writes rows from many threads and prints the number of each once it is acknowledged. */
final class WritingChild {

    private static final int WRITERS = 16;

    private WritingChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        Store store = Store.open(Path.of(arguments[0]), StoreOptions.defaults());
        store.migrate(
                Migrations.of(
                        "child",
                        Migration.sql(
                                "1", "CREATE TABLE a (v INTEGER); CREATE TABLE b (v INTEGER)")));
        AtomicLong next = new AtomicLong(Long.parseLong(arguments[1]));
        Thread[] threads = new Thread[WRITERS];
        for (int i = 0; i < WRITERS; i++) {
            threads[i] = Thread.startVirtualThread(() -> writeForEver(store, next));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void writeForEver(Store store, AtomicLong next) {
        while (!System.out.checkError()) { // until nobody listens any more
            long value = next.incrementAndGet();
            store.execute(tx -> {
                tx.run("INSERT INTO a VALUES (?)", value);
                tx.run("INSERT INTO b VALUES (?)", value);
            });
            System.out.println("acked " + value);
        }
    }
}
