package dev.flowir.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;

/** What an operator does to one queue. */
final class Administration implements QueueAdmin {

    private static final int SHOWN_IDS = 100;

    /** Letters that one transaction of a redrive looks at. */
    private static final int STEP = 100;

    private final Engine engine;
    private final Function<String, Optional<Engine>> engines;

    Administration(Engine engine, Function<String, Optional<Engine>> engines) {
        this.engine = engine;
        this.engines = engines;
    }

    @Override
    public QueueSettings settings() {
        return engine.settings();
    }

    @Override
    public QueueMetrics metrics() {
        return engine.metrics();
    }

    @Override
    public QueueStatus status() {
        return engine.status();
    }

    @Override
    public List<Queued> browse(MessageFilter filter, long after, int limit) {
        return browse(engine, filter, after, limit);
    }

    static List<Queued> browse(Engine engine, MessageFilter filter, long after, int limit) {
        return browse(
                place -> engine.keeper().page(engine.row(), place, limit),
                engine.nowMillis(),
                filter,
                after,
                limit);
    }

    /** Looks page by page, each what {@code pages} gives after a place. */
    static List<Queued> browse(
            LongFunction<List<Stored>> pages,
            long now,
            MessageFilter filter,
            long after,
            int limit) {
        Checks.page(limit);
        List<Queued> found = new ArrayList<>();
        long place = after;
        while (found.size() < limit) {
            List<Stored> page = pages.apply(place);
            page.stream()
                    .filter(m -> filter.matches(m.envelope().id(), m.envelope().letter()))
                    .limit(limit - found.size())
                    .forEach(message -> found.add(message.shown(now)));
            if (page.size() < limit) {
                break;
            }
            place = page.get(page.size() - 1).place();
        }
        return found;
    }

    @Override
    public void pause() {
        setPaused(true);
    }

    @Override
    public void resume() {
        setPaused(false);
    }

    private void setPaused(boolean paused) {
        engine.changed(engine.keeper().pause(engine.row(), paused));
    }

    @Override
    public long purge() {
        return engine.keeper().purge(engine.row());
    }

    @Override
    public Redriven redrive(Redrive redrive) {
        if (redrive.perSecond() < 1 || redrive.token().isBlank()) {
            throw new QueueException(
                    QueueFault.BAD_REDRIVE,
                    "a redrive has a token, and a rate of at least 1 in a second");
        }
        Keeper keeper = engine.keeper();
        SharedQueues.Mark begun = keeper.together(() -> begin(keeper, redrive));
        Progressing progress = new Progressing(redrive, begun);
        while (progress.isUnderWay()) {
            keeper.together(progress::step);
        }
        return progress.report();
    }

    /** What the token is about: letters up to the last place when it was first used. */
    private SharedQueues.Mark begin(Keeper keeper, Redrive redrive) {
        Optional<SharedQueues.Mark> before = keeper.mark(redrive.token());
        if (before.isPresent()) {
            if (!before.get().queue().equals(engine.name())) {
                throw new QueueException(
                        QueueFault.BAD_REDRIVE,
                        "the token '"
                                + redrive.token()
                                + "' was used for another queue; a redrive has its own");
            }
            return before.get();
        }
        SharedQueues.Mark fresh =
                new SharedQueues.Mark(
                        redrive.token(),
                        engine.name(),
                        keeper.lastPlace(engine.row()),
                        engine.nowMillis());
        if (redrive.mode() == Redrive.Mode.MOVE) {
            keeper.save(fresh);
        }
        return fresh;
    }

    /** A redrive under way, some letters in each transaction. */
    private final class Progressing {
        private final Redrive redrive;
        private final SharedQueues.Mark begun;
        private final List<String> ids = new ArrayList<>();
        private long place;
        private long nextVisibleAt;
        private int matched;
        private int moved;
        private boolean over;
        private Optional<String> stopped = Optional.empty();

        Progressing(Redrive redrive, SharedQueues.Mark begun) {
            this.redrive = redrive;
            this.begun = begun;
            this.nextVisibleAt = Math.max(begun.nextVisibleAtMillis(), engine.nowMillis());
        }

        boolean isUnderWay() {
            return !over;
        }

        boolean step() {
            List<Stored> page = engine.keeper().page(engine.row(), place, STEP);
            for (Stored letter : page) {
                if (letter.place() > begun.lastPlace() || stopped.isPresent()) {
                    over = true;
                    break;
                }
                place = letter.place();
                if (isMeant(letter)) {
                    move(letter);
                }
            }
            over |= page.size() < STEP || isEveryIdFound();
            if (moved > 0) {
                engine.keeper()
                        .save(
                                new SharedQueues.Mark(
                                        begun.token(),
                                        begun.queue(),
                                        begun.lastPlace(),
                                        nextVisibleAt));
            }
            return over;
        }

        private boolean isEveryIdFound() {
            return matched > 0 && matched == redrive.filter().ids().size();
        }

        /** A letter that somebody holds is being worked on. */
        private boolean isMeant(Stored letter) {
            return letter.envelope().letter().isPresent()
                    && letter.progress().holder() == Holder.NOBODY
                    && redrive.filter().matches(letter.envelope().id(), letter.envelope().letter());
        }

        private void move(Stored letter) {
            matched++;
            if (ids.size() < SHOWN_IDS) {
                ids.add(letter.envelope().id());
            }
            if (redrive.mode() == Redrive.Mode.DRY_RUN) {
                return;
            }
            String source = letter.envelope().letter().map(DeadLetter::sourceQueue).orElse("");
            Optional<Engine> to = engines.apply(source);
            stopped =
                    to.isEmpty()
                            ? Optional.of("queue '" + source + "' is not there any more")
                            : engine.keeper()
                                    .redrive(engine.row(), to.get().row(), letter, nextVisibleAt);
            if (stopped.isEmpty()) {
                moved++;
                nextVisibleAt += Math.max(1, 1000 / redrive.perSecond());
            }
        }

        Redriven report() {
            return new Redriven(redrive.token(), matched, moved, ids, stopped);
        }
    }
}
