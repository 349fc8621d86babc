package io.adjustbatch.cli;

/** Which data a command works with. */
enum Database {
    /** What {@code spring.datasource.url} names; without it, a lasting database of the embedded server. */
    NIGHTLY("adjust_batch"),
    /** One of its own in the embedded server, made anew each time, whatever the settings say. */
    DEMO("adjust_batch_demo");

    private final String embeddedName;

    Database(String embeddedName) {
        this.embeddedName = embeddedName;
    }

    /** Its name in the embedded server. */
    String embeddedName() {
        return embeddedName;
    }
}
