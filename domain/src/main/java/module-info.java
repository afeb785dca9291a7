/// The pure heart of Halftone: what a batch, an item and an image are, and what happens to them. It requires
/// nothing but `java.base`, so that a framework, a database or even `java.sql` does not compile here.
module dev.halftone.domain {
    exports dev.halftone.domain.access;
    exports dev.halftone.domain.asset;
    exports dev.halftone.domain.audit;
    exports dev.halftone.domain.batch;
    exports dev.halftone.domain.duplicate;
    exports dev.halftone.domain.engine;
    exports dev.halftone.domain.event;
    exports dev.halftone.domain.event.endpoint;
    exports dev.halftone.domain.failure;
    exports dev.halftone.domain.identity;
    exports dev.halftone.domain.image;
    exports dev.halftone.domain.item;
    exports dev.halftone.domain.job;
    exports dev.halftone.domain.manifest;
    exports dev.halftone.domain.network;
    exports dev.halftone.domain.pipeline;
    exports dev.halftone.domain.pipeline.form;
    exports dev.halftone.domain.source;
    exports dev.halftone.domain.stock;
    exports dev.halftone.domain.storage;
    exports dev.halftone.domain.text;
    exports dev.halftone.domain.transform;
    exports dev.halftone.domain.turn;
    exports dev.halftone.domain.variant;
    exports dev.halftone.domain.variant.cached;
}
