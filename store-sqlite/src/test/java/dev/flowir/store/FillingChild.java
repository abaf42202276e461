package dev.flowir.store;

import java.nio.file.Path;

/** Writes until the disk is full, deletes, and writes again; prints what it saw. */
final class FillingChild {

    private static final int LARGE_BYTES = 64 * 1024;

    private FillingChild() {}

    public static void main(String[] arguments) {
        try (Store store = Store.open(Path.of(arguments[0]), StoreOptions.defaults())) {
            store.execute(tx -> tx.run("CREATE TABLE t (v INTEGER PRIMARY KEY, b BLOB)"));
            int acknowledged = fill(store);
            int kept = count(store);
            System.out.println("kept " + (kept == acknowledged));
            System.out.println("health " + store.health().getClass().getSimpleName());
        }
        System.out.println("closed");
        try (Store again = Store.open(Path.of(arguments[0]), StoreOptions.defaults())) {
            System.out.println("reopened with rows " + (count(again) > 0));
        }
    }

    private static int fill(Store store) {
        for (int i = 0; ; i++) {
            int value = i;
            try {
                store.execute(
                        tx -> tx.run("INSERT INTO t VALUES (?, zeroblob(?))", value, LARGE_BYTES));
            } catch (StoreException e) {
                System.out.println("fault " + e.fault());
                System.out.println("message " + e.getMessage());
                return i;
            }
        }
    }

    private static int count(Store store) {
        return store.read(tx -> tx.first("SELECT count(*) FROM t", row -> row.getInt(1)))
                .orElseThrow();
    }
}
