package dev.flowir.examples.imagepipeline;

/** What may be asked of an organization at the edge without writing. */
interface EdgeOrganizationView extends OrganizationView {

    /** {@return what happened after a number} */
    EdgeOrganization.Told since(long number);
}
