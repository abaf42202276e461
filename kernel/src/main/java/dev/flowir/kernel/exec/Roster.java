package dev.flowir.kernel.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is under way: entered and left by every run, looked through when a runtime closes. Parts by
 * thread, each an array without holes; who is in it knows where. So a run costs two latches and no
 * object, and most runs meet nobody at them.
 */
final class Roster {

    /** A power of two. */
    private static final int PARTS = 8;

    private static final int FIRST_SIZE = 16;

    /** Those who entered on some threads. */
    private static final class Part {
        private final Latch latch = new Latch();
        private @Nullable Active[] members = new Active[FIRST_SIZE];
        private int size;

        void add(Active member) {
            latch.take();
            try {
                if (size == members.length) {
                    members = Arrays.copyOf(members, size * 2);
                }
                member.place = size;
                members[size++] = member;
            } finally {
                latch.give();
            }
        }

        /** The last takes the place of who leaves. */
        void remove(Active member) {
            latch.take();
            try {
                int place = member.place;
                Active last = members[--size];
                members[size] = null;
                if (last != null && place != size) {
                    last.place = place;
                    members[place] = last;
                }
            } finally {
                latch.give();
            }
        }

        void copyTo(List<Active> all) {
            latch.take();
            try {
                for (int i = 0; i < size; i++) {
                    Active member = members[i];
                    if (member != null) {
                        all.add(member);
                    }
                }
            } finally {
                latch.give();
            }
        }
    }

    private final Part[] parts = new Part[PARTS];

    /** Nobody yet. */
    Roster() {
        Arrays.setAll(parts, part -> new Part());
    }

    void enter(Active who) {
        who.part = (int) Thread.currentThread().threadId() & (PARTS - 1);
        parts[who.part].add(who);
    }

    /** Once for each that entered. */
    void leave(Active who) {
        parts[who.part].remove(who);
    }

    /** Those who are in it. */
    List<Active> all() {
        List<Active> all = new ArrayList<>();
        for (Part part : parts) {
            part.copyTo(all);
        }
        return all;
    }
}
