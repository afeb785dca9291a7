package dev.halftone.domain.source;

import dev.halftone.domain.engine.TurnOwner;

/// A place for one image in this process, on an owner's account: the process holds only so many at once. It is
/// taken when the image's host is about to be asked and not before, so that who waits for a host keeps nobody
/// else from working. For one thread.
public interface Place {

    /// On whose account.
    TurnOwner owner();

    /// Waits for the place; does nothing where it is held.
    void take() throws InterruptedException;

    /// Gives the place back, as when another host has to be waited for; does nothing where it is not held.
    void giveBack();

    /// A place in a process that holds as many as there are.
    static Place unbounded(TurnOwner owner) {
        return new Place() {
            @Override
            public TurnOwner owner() {
                return owner;
            }

            @Override
            public void take() {}

            @Override
            public void giveBack() {}
        };
    }
}
