package dev.flowir.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A data source whose next statements can be made to fail. */
final class FailingDataSource {

    private final AtomicInteger failures = new AtomicInteger();
    private final DataSource good;

    FailingDataSource(DataSource good) {
        this.good = good;
    }

    void failNext(int statements) {
        failures.set(statements);
    }

    DataSource dataSource() {
        return proxy(
                DataSource.class,
                good,
                answer ->
                        answer instanceof Connection connection
                                ? proxy(Connection.class, connection, same -> same)
                                : answer);
    }

    private interface Change {
        Object of(Object answer);
    }

    private <T> T proxy(Class<T> type, T target, Change change) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) -> {
                            if (method.getName().equals("prepareStatement")
                                    && failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                                throw new SQLTransientConnectionException("made by the test");
                            }
                            try {
                                return change.of(method.invoke(target, arguments));
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }
}
