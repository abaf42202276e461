package dev.flowir.examples.tiletar;

import dev.flowir.blob.BlobReader;
import java.io.IOException;

/** Fetches, packs and sends in one go. What the container has already is not sent again. */
final class DirectDelivery implements Deliverer {

    private final BlobReader bucket;
    private final Archiver archiver;
    private final Container container;

    DirectDelivery(BlobReader bucket, Archiver archiver, Container container) {
        this.bucket = bucket;
        this.archiver = archiver;
        this.container = container;
    }

    @Override
    public Ending deliver(String plan, Progress progress) throws InterruptedException {
        Manifest manifest = Manifest.of(bucket, plan);
        try {
            Receipt receipt;
            try (Container.Intake intake = container.receive(manifest.announcement())) {
                receipt = archiver.send(manifest, intake.cursor(), intake, progress);
            }
            return new Whole(container.accept(manifest.announcement()), receipt.uses());
        } catch (ArchiveException | IOException broken) {
            return new Broken(String.valueOf(broken.getMessage()));
        }
    }
}
