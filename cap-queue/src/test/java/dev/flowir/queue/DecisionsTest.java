package dev.flowir.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every cell of the table of {@link Batch}. */
class DecisionsTest {

    private static final Retry LATER = Retry.after(Duration.ofSeconds(9));
    private static final Decisions.End RETURNED = new Decisions.End.Returned();

    private static Stored message(long place) {
        return new Stored(
                place,
                1,
                Envelope.sent("m" + place, 0, 1, Body.text("x")),
                Progress.visibleAt(0).leased(Holder.HANDLER, 0, 10));
    }

    private static List<Verdict> end(Decisions decisions, Decisions.End end) {
        return decisions.conclude(List.of(message(1), message(2)), end).stream()
                .map(Verdict.On::verdict)
                .toList();
    }

    private static Verdict again(Retry retry) {
        return new Verdict.Again(retry, false);
    }

    private static final Verdict ACK = new Verdict.Ack();

    @Test
    void q04_returningAcksWhatWasNotDecided() {
        assertEquals(List.of(ACK, ACK), end(new Decisions(), RETURNED));
    }

    @Test
    void q05_throwingRetriesWhatWasNotDecided() {
        Decisions said = new Decisions();
        assertTrue(said.ack(1).isEmpty());
        IllegalStateException cause = new IllegalStateException("no");
        assertEquals(
                List.of(ACK, new Verdict.Again(Retry.because(cause), true)),
                end(said, new Decisions.End.Threw(cause, true)));
    }

    @Test
    void q06_ackThenRetryAll() {
        Decisions said = new Decisions();
        assertTrue(said.ack(1).isEmpty());
        assertTrue(said.retryAll(LATER).isEmpty());
        assertEquals(List.of(ACK, again(LATER)), end(said, RETURNED));
    }

    @Test
    void q07_retryThenAckAll() {
        Decisions said = new Decisions();
        assertTrue(said.retry(1, LATER).isEmpty());
        assertTrue(said.ackAll().isEmpty());
        assertEquals(List.of(again(LATER), ACK), end(said, RETURNED));
    }

    @Test
    void q08_retryAllThenAckIsIgnored() {
        Decisions said = new Decisions();
        assertTrue(said.retryAll(LATER).isEmpty());
        assertTrue(said.ack(1).orElseThrow().text().contains("retryAll()"));
        assertEquals(List.of(again(LATER), again(LATER)), end(said, RETURNED));
    }

    @Test
    void q09_ackThenRetryIsIgnored() {
        Decisions said = new Decisions();
        assertTrue(said.ack(1).isEmpty());
        assertTrue(said.retry(1, LATER).orElseThrow().text().contains("after ack()"));
        assertEquals(List.of(ACK, ACK), end(said, RETURNED));
    }

    @Test
    void q10_aSecondRetryChangesTheDelay() {
        Decisions said = new Decisions();
        assertTrue(said.retry(1, LATER).isEmpty());
        assertTrue(said.retry(1, Retry.asConfigured()).isEmpty());
        assertEquals(again(LATER), end(said, RETURNED).get(0));
        Decisions other = new Decisions();
        assertTrue(other.retry(1, LATER).isEmpty());
        assertTrue(other.retry(1, Retry.after(Duration.ZERO)).isEmpty());
        assertEquals(again(Retry.after(Duration.ZERO)), end(other, RETURNED).get(0));
    }

    @Test
    void ackThenAckIsSilent() {
        Decisions said = new Decisions();
        assertTrue(said.ack(1).isEmpty());
        assertTrue(said.ack(1).isEmpty());
        assertTrue(said.ackAll().isEmpty());
        assertTrue(said.ackAll().isEmpty());
        assertTrue(said.ack(2).isEmpty());
    }

    @Test
    void retryThenAckIsIgnored() {
        Decisions said = new Decisions();
        assertTrue(said.retry(1, LATER).isEmpty());
        assertTrue(said.ack(1).orElseThrow().text().contains("after retry()"));
        assertEquals(List.of(again(LATER), ACK), end(said, RETURNED));
    }

    @Test
    void retryThenRetryAllKeepsEachDelay() {
        Decisions said = new Decisions();
        assertTrue(said.retry(1, LATER).isEmpty());
        assertTrue(said.retryAll(Retry.after(Duration.ofSeconds(1))).isEmpty());
        assertEquals(
                List.of(again(LATER), again(Retry.after(Duration.ofSeconds(1)))),
                end(said, RETURNED));
    }

    @Test
    void afterAckAll() {
        Decisions said = new Decisions();
        assertTrue(said.ackAll().isEmpty());
        assertTrue(said.retry(1, LATER).orElseThrow().text().contains("ackAll()"));
        assertTrue(said.retryAll(LATER).orElseThrow().text().contains("ackAll()"));
        assertTrue(said.giveUp(2, new IllegalStateException()).isPresent());
        assertEquals(List.of(ACK, ACK), end(said, RETURNED));
    }

    @Test
    void afterRetryAll() {
        Decisions said = new Decisions();
        assertTrue(said.retryAll(Retry.asConfigured()).isEmpty());
        assertTrue(said.ackAll().orElseThrow().text().contains("retryAll()"));
        assertTrue(said.retry(1, LATER).isEmpty());
        assertTrue(said.retryAll(Retry.after(Duration.ofSeconds(1))).isEmpty());
        assertEquals(
                List.of(again(LATER), again(Retry.after(Duration.ofSeconds(1)))),
                end(said, RETURNED));
    }

    @Test
    void givingUpIsFinal() {
        Decisions said = new Decisions();
        IllegalStateException cause = new IllegalStateException();
        assertTrue(said.giveUp(1, cause).isEmpty());
        assertTrue(said.ack(1).isPresent());
        assertTrue(said.retry(1, LATER).isPresent());
        assertTrue(said.giveUp(1, cause).isPresent());
        assertTrue(said.ackAll().isEmpty());
        assertEquals(List.of(new Verdict.GiveUp(Retry.because(cause)), ACK), end(said, RETURNED));
    }

    @Test
    void whatIsGoneHasNoVerdict() {
        Decisions said = new Decisions();
        said.gone(1);
        assertTrue(said.ack(1).isEmpty());
        assertTrue(said.retry(1, LATER).isPresent());
        assertFalse(said.isOpen(1));
        assertEquals(1, end(said, RETURNED).size());
    }

    @Test
    void aStoppedHandlerGivesBackAndALostOneLeaves() {
        assertEquals(
                List.of(new Verdict.Release(), new Verdict.Release()),
                end(new Decisions(), new Decisions.End.Stopped()));
        Decisions said = new Decisions();
        assertTrue(said.ack(2).isEmpty());
        assertEquals(List.of(ACK), end(said, new Decisions.End.LeaseEnded()));
    }

    @Test
    void afterTheEndNothingCounts() {
        Decisions said = new Decisions();
        assertEquals(2, end(said, RETURNED).size());
        assertEquals(
                Optional.of("ack() after the handler ended"),
                said.ack(1).map(Decisions.Ignored::text));
        assertTrue(said.retryAll(LATER).isPresent());
    }
}
