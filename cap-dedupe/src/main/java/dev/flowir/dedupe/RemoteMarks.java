package dev.flowir.dedupe;

import java.util.Optional;

/** Marks that something else keeps: a step is taken again when another was faster. */
final class RemoteMarks implements Marks {

    private final DedupeRemote remote;

    RemoteMarks(DedupeRemote remote) {
        this.remote = remote;
    }

    @Override
    public <T> T step(String key, Step<T> step) {
        while (true) {
            DedupeRemote.Seen seen = remote.look(key);
            Considered place = new Considered(seen);
            T answer = step.take(place);
            if (place.isKept(key)) {
                return answer;
            }
        }
    }

    /** What a step makes of what was seen. */
    private final class Considered implements Place {

        private final DedupeRemote.Seen seen;
        private boolean changed;
        private Optional<Mark> next = Optional.empty();

        Considered(DedupeRemote.Seen seen) {
            this.seen = seen;
        }

        @Override
        public Optional<Mark> current() {
            return Mark.current(seen.mark().map(RemoteMarks::read), seen.nowMillis());
        }

        @Override
        public long nowMillis() {
            return seen.nowMillis();
        }

        @Override
        public void put(Mark mark) {
            changed = true;
            next = Optional.of(mark);
        }

        @Override
        public void remove() {
            changed = true;
            next = Optional.empty();
        }

        boolean isKept(String key) {
            return !changed
                    || remote.replace(
                            key,
                            seen.mark(),
                            next.map(RemoteMarks::written),
                            next.map(Mark::endsAtMillis).orElse(0L));
        }
    }

    /** State, end and owner, parted by blanks; the owner may be any text. */
    private static String written(Mark mark) {
        return mark.state() + " " + mark.endsAtMillis() + " " + mark.owner();
    }

    private static Mark read(String text) {
        int state = text.indexOf(' ');
        int end = text.indexOf(' ', state + 1);
        return new Mark(
                text.substring(end + 1),
                text.startsWith(Mark.State.DONE.name()) ? Mark.State.DONE : Mark.State.HELD,
                Long.parseLong(text.substring(state + 1, end)));
    }
}
