import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import java.util.concurrent.atomic.LongAdder;

/**
 * DBOS on a Postgres: {@code Peer RUNS SECONDS JDBC_URL} keeps so many runs of 20 steps going, and
 * says what the second half of the time gave.
 */
final class Peer {

    private static final int STEPS = 20;
    private static final String PAYLOAD = "x".repeat(198);

    /** What is proxied. */
    public interface Chain {
        String run(String input);
    }

    /** Twenty steps that do nothing but give a payload. */
    public static final class Steps implements Chain {
        private final DBOS dbos;
        private final LongAdder done;

        Steps(DBOS dbos, LongAdder done) {
            this.dbos = dbos;
            this.done = done;
        }

        @Override
        @Workflow(name = "chain")
        public String run(String input) {
            String at = input;
            for (int i = 0; i < STEPS; i++) {
                at = dbos.runStep(() -> PAYLOAD, "step");
                done.increment();
            }
            return at;
        }
    }

    public static void main(String[] arguments) throws Exception {
        int runs = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(arguments[2]);
        pool.setUsername("postgres");
        pool.setMaximumPoolSize(32); // a core of a server serves a few
        LongAdder done = new LongAdder();
        try (HikariDataSource source = new HikariDataSource(pool);
                DBOS dbos = new DBOS(DBOSConfig.defaults("bench").withDataSource(source))) {
            Chain chain = dbos.registerProxy(Chain.class, new Steps(dbos, done));
            dbos.launch();
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            for (int i = 0; i < runs; i++) {
                Thread.ofPlatform().daemon().start(() -> {
                    while (System.nanoTime() < end) {
                        chain.run(PAYLOAD);
                    }
                });
            }
            tell(done, seconds);
        }
        System.exit(0);
    }

    private static void tell(LongAdder done, int seconds) throws InterruptedException {
        Thread.sleep(seconds * 500L);
        long before = done.sum();
        long began = System.nanoTime();
        Thread.sleep(seconds * 500L);
        System.out.println("steps " + (done.sum() - before) + " " + (System.nanoTime() - began));
    }
}
