package dev.flowir.object;

/** The one alarm of an object: when it rings next, and how many ringings failed before. */
record AlarmState(long atMillis, int retries) {

    static final AlarmState NONE = new AlarmState(Long.MAX_VALUE, 0);

    static AlarmState at(long millis) {
        return new AlarmState(Math.min(millis, Long.MAX_VALUE - 1), 0);
    }

    boolean isSet() {
        return atMillis != Long.MAX_VALUE;
    }

    boolean isDue(long nowMillis) {
        return atMillis <= nowMillis;
    }
}
