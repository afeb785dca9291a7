package dev.halftone.adapters.http.page;

/// A CSV was taken and its webhook is new: the one time its secret is shown.
public record AcceptedPage(Layout layout, String href, String webhook, String secret) {

    /// Without the secret.
    @Override
    public String toString() {
        return "AcceptedPage[…]";
    }
}
