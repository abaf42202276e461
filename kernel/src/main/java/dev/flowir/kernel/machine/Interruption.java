package dev.flowir.kernel.machine;

/** Why an attempt was given up. */
public enum Interruption {
    /** It took longer than its edge allows. */
    TIMED_OUT("timed out"),
    /** The run's deadline passed. */
    DEADLINE("deadline exceeded"),
    /** The run was cancelled. */
    CANCELLED("run cancelled"),
    /** Another node failed and took the run with it. */
    RUN_FAILED("run failed"),
    /** Another item of its input was there first. */
    LOST_RACE("lost the race");

    private final String text;

    Interruption(String text) {
        this.text = text;
    }

    /** {@return a few words for people} */
    public String text() {
        return text;
    }

    /** {@return true when a limit or somebody asked for it: what went on then explains the end} */
    public boolean isAsked() {
        return this != RUN_FAILED && this != LOST_RACE;
    }
}
