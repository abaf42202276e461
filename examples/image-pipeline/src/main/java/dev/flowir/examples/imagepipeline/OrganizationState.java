package dev.flowir.examples.imagepipeline;

/**
 * What every client of an organization sees.
 *
 * @param events how many there were
 * @param uploads pictures that arrived
 * @param classified pictures with labels
 * @param failed pictures without
 */
record OrganizationState(long events, long uploads, long classified, long failed) {

    static final OrganizationState NONE = new OrganizationState(0, 0, 0, 0);

    OrganizationState after(String type) {
        return switch (type) {
            case Event.UPLOAD_COMPLETE ->
                    new OrganizationState(events + 1, uploads + 1, classified, failed);
            case Event.CLASSIFICATION_COMPLETE ->
                    new OrganizationState(events + 1, uploads, classified + 1, failed);
            case Event.CLASSIFICATION_ERROR ->
                    new OrganizationState(events + 1, uploads, classified, failed + 1);
            default -> throw new IllegalArgumentException("no such event: " + type);
        };
    }
}
