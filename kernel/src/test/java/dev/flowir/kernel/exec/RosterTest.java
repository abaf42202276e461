package dev.flowir.kernel.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RosterTest {

    private static final class Somebody extends Active {
        @Override
        public void cancel(String reason) {}
    }

    private final Roster roster = new Roster();

    @Test
    void holdsThoseWhoEnteredAndDidNotLeave() {
        Random random = new Random(7);
        List<Somebody> in = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            if (in.isEmpty() || random.nextInt(3) > 0) {
                Somebody one = new Somebody();
                roster.enter(one);
                in.add(one);
            } else {
                roster.leave(in.remove(random.nextInt(in.size())));
            }
        }
        assertEquals(identities(in), identities(roster.all()));
        in.forEach(roster::leave);
        assertEquals(List.of(), roster.all());
    }

    @Test
    void manyThreadsEnterAndLeaveAtATime() throws InterruptedException {
        int each = 2_000;
        List<List<Somebody>> stay = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 16; t++) {
            List<Somebody> mine = new ArrayList<>();
            stay.add(mine);
            threads.add(Thread.ofVirtual().start(() -> comeAndGo(mine, each)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        List<Somebody> all = stay.stream().flatMap(List::stream).toList();
        assertEquals(identities(all), identities(roster.all()));
        leaveElsewhere(all);
        assertEquals(List.of(), roster.all());
    }

    /** Enters many and has every second one leave. */
    private void comeAndGo(List<Somebody> mine, int each) {
        Somebody before = null;
        for (int i = 0; i < each; i++) {
            Somebody one = new Somebody();
            roster.enter(one);
            if (before == null) {
                before = one;
            } else {
                roster.leave(before);
                mine.add(one);
                before = null;
            }
        }
    }

    /** A run ends on another thread than the one that began it. */
    private void leaveElsewhere(List<Somebody> all) throws InterruptedException {
        Thread other = Thread.ofPlatform().start(() -> all.forEach(roster::leave));
        other.join();
    }

    private static Set<Active> identities(List<? extends Active> some) {
        Set<Active> all = Collections.newSetFromMap(new IdentityHashMap<>());
        all.addAll(some);
        return all;
    }
}
