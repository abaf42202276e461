package dev.flowir.queue;

import dev.flowir.ir.Guarantee;
import dev.flowir.kernel.cap.Descriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Rows in memory behind one lock. There is no undoing: {@link Ledger} refuses before it changes
 * anything.
 */
final class MemoryVault implements Vault {

    private final ReentrantLock lock = new ReentrantLock();
    private final MemoryRows rows = new MemoryRows();

    @Override
    public <T> T write(Function<Rows, T> work) {
        List<Runnable> hooks;
        T answer;
        lock.lock();
        try {
            answer = work.apply(rows);
        } finally {
            hooks = new ArrayList<>(rows.takeHooks());
            lock.unlock();
        }
        hooks.forEach(Runnable::run);
        return answer;
    }

    @Override
    public <T> T read(Function<Rows, T> work) {
        lock.lock();
        try {
            return work.apply(rows);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean inTransaction() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public Descriptor.Durability durability() {
        return Descriptor.Durability.NONE;
    }

    @Override
    public Set<Guarantee> extras() {
        return Set.of();
    }
}
