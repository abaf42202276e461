package dev.flowir.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.Scope;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** D1-09: reads are tried again on a passing fault, writes are not. */
class ReadRetryTest {

    /** Fails a number of times, then answers nothing. */
    private static final class FailingEngine implements Engine {
        private final SqlFault fault;
        private int failures;
        private int calls;
        private boolean inside;

        FailingEngine(SqlFault fault, int failures) {
            this.fault = fault;
            this.failures = failures;
        }

        @Override
        public String kind() {
            return "sql.failing";
        }

        @Override
        public Descriptor descriptor() {
            return Descriptor.inMemory();
        }

        @Override
        public boolean inTransaction() {
            return inside;
        }

        @Override
        public <T, X extends Exception> T read(Work<T, X> work, Duration limit) throws X {
            calls++;
            if (failures-- > 0) {
                throw new SqlException(fault, "a test");
            }
            return work.run((statement, parameters, fetch) ->
                    new Answer(List.of(), 0, OptionalLong.empty()));
        }

        @Override
        public <T, X extends Exception> T write(Work<T, X> work, Duration limit) throws X {
            return read(work, limit);
        }
    }

    private static SqlWriter handle(FailingEngine engine) {
        return new WriteHandle(engine, SqlLimits.CLOUDFLARE_PROD, Scope.outside("test"));
    }

    @Test
    void d109_aReadIsTriedUpToThreeTimes() {
        FailingEngine twice = new FailingEngine(SqlFault.OVERLOADED, 2);
        assertEquals(3, handle(twice).all("SELECT 1").meta().attempts());
        FailingEngine thrice = new FailingEngine(SqlFault.OVERLOADED, 3);
        assertThrows(SqlException.class, () -> handle(thrice).all("SELECT 1"));
        assertEquals(3, thrice.calls);
    }

    @Test
    void d109_aWriteIsTriedOnce() {
        FailingEngine once = new FailingEngine(SqlFault.OVERLOADED, 1);
        assertThrows(SqlException.class, () -> handle(once).run("UPDATE t SET v = 1"));
        assertEquals(1, once.calls);
    }

    @Test
    void whatDoesNotPassIsNotTriedAgain() {
        FailingEngine broken = new FailingEngine(SqlFault.STATEMENT, 1);
        assertThrows(SqlException.class, () -> handle(broken).all("SELECT 1"));
        assertEquals(1, broken.calls);
    }

    @Test
    void insideATransactionTheTransactionIsWhatIsTriedAgain() {
        FailingEngine inside = new FailingEngine(SqlFault.OVERLOADED, 1);
        inside.inside = true;
        assertThrows(SqlException.class, () -> handle(inside).all("SELECT 1"));
        assertEquals(1, inside.calls);
    }
}
