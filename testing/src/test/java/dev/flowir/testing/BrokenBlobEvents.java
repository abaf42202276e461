package dev.flowir.testing;

import dev.flowir.blob.BlobAction;
import dev.flowir.blob.BlobEvent;
import dev.flowir.blob.BlobEventSink;
import dev.flowir.blob.BlobEvents;
import dev.flowir.blob.BlobStore;
import dev.flowir.blob.EventRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Tells of changes with one defect. */
final class BrokenBlobEvents implements BlobEvents {

    private final BlobDefect defect;
    private final BlobStore right;
    private int told;

    BrokenBlobEvents(BlobDefect defect, BlobStore right) {
        this.defect = defect;
        this.right = right;
    }

    void restarted() {
        if (defect == BlobDefect.FORGETS_EVENTS_ON_RESTART) {
            EventRule all =
                    EventRule.on(
                            "all", BlobAction.Kind.OBJECT_CREATE, BlobAction.Kind.OBJECT_DELETE);
            right.events().connect(all, events -> {});
            try {
                right.events().awaitDelivered(Duration.ofSeconds(60));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            right.events().disconnect("all");
        }
    }

    @Override
    public void connect(EventRule rule, BlobEventSink sink) {
        EventRule used =
                switch (defect) {
                    case IGNORES_SUFFIXES -> rule.suffix("");
                    default -> rule;
                };
        if (defect == BlobDefect.ALLOWS_OVERLAP && right.events().rules().size() == 1) {
            return;
        }
        right.events()
                .connect(
                        used,
                        events -> {
                            List<BlobEvent> changed =
                                    events.stream()
                                            .map(this::wrong)
                                            .filter(event -> !isSkipped())
                                            .toList();
                            if (defect != BlobDefect.FORGETS_BEFORE_DELIVERY) {
                                sink.deliver(changed);
                                return;
                            }
                            try {
                                sink.deliver(changed);
                            } catch (Exception lost) {
                                told++;
                            }
                        });
    }

    private boolean isSkipped() {
        return defect == BlobDefect.SKIPS_SOME_EVENTS && ++told % 5 == 1;
    }

    private BlobEvent wrong(BlobEvent event) {
        boolean deletes = event.action().kind() == BlobAction.Kind.OBJECT_DELETE;
        return switch (defect) {
            case TELLS_SIZES_OF_DELETIONS ->
                    deletes ? with(event, OptionalLong.of(0), Optional.of("gone")) : event;
            default -> event;
        };
    }

    private static BlobEvent with(BlobEvent event, OptionalLong size, Optional<String> eTag) {
        return new BlobEvent(
                event.account(),
                event.action(),
                event.bucket(),
                event.key(),
                size,
                eTag,
                event.eventTime(),
                event.copySource());
    }

    @Override
    public void disconnect(String ruleId) {
        right.events().disconnect(ruleId);
    }

    @Override
    public List<EventRule> rules() {
        return right.events().rules();
    }

    @Override
    public long pending() {
        return right.events().pending();
    }

    @Override
    public boolean awaitDelivered(Duration limit) throws InterruptedException {
        return right.events().awaitDelivered(limit);
    }
}
