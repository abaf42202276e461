package dev.flowir.benchmarks.objects;

import java.util.List;

/** What is measured of objects: who does it, how many at a time, over how many objects. */
enum Work {
    CALL("One caller waits for its answers; 1,000 objects", 1, 1000) {
        @Override
        List<Contender> contenders() {
            return List.of(Contender.CALLED, Contender.PEKKO_ASK);
        }
    },
    CALLS("256 callers wait for their answers; 1,000 objects", 256, 1000) {
        @Override
        List<Contender> contenders() {
            return List.of(Contender.CALLED, Contender.PEKKO_ASK);
        }
    },
    SENDS("Nobody looks at the answer; 1,000 messages on their way; 1,000 objects", 16, 1000) {
        @Override
        List<Contender> contenders() {
            return List.of(Contender.SENT, Contender.PEKKO_TELL);
        }
    },
    WRITES("Each message writes; 1,000 callers, 1,000 objects", 1000, 1000) {
        @Override
        List<Contender> contenders() {
            return List.of(Contender.STORE, Contender.WRITING, Contender.PEKKO_PERSIST);
        }
    },
    HOT("Each message writes; one caller, one object", 1, 1) {
        @Override
        List<Contender> contenders() {
            return List.of(
                    Contender.FILE, Contender.STORE, Contender.WRITING, Contender.PEKKO_PERSIST);
        }
    },
    HOT_MANY("Each message writes; 256 callers, one object", 256, 1) {
        @Override
        List<Contender> contenders() {
            return List.of(Contender.STORE, Contender.WRITING, Contender.PEKKO_PERSIST);
        }
    };

    private final String title;
    private final int callers;
    private final int objects;

    Work(String title, int callers, int objects) {
        this.title = title;
        this.callers = callers;
        this.objects = objects;
    }

    abstract List<Contender> contenders();

    String title() {
        return title;
    }

    int callers() {
        return callers;
    }

    int objects() {
        return objects;
    }
}
