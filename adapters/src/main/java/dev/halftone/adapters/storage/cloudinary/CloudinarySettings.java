package dev.halftone.adapters.storage.cloudinary;

import java.net.URI;

/// Which product environment, and who calls.
///
/// @param cloud the environment's cloud name
/// @param folder stands before every public id, without `/` at either end; empty for none
/// @param api the address of the API, without `/` at the end
/// @param delivery what public addresses begin with, without `/` at the end:
/// `https://res.cloudinary.com/CLOUD`, or a host of your own
public record CloudinarySettings(String cloud, Credentials credentials, String folder, URI api, URI delivery) {
    public static final URI API = URI.create("https://api.cloudinary.com");

    /// @return where an environment without a host of its own delivers
    public static URI deliveryOf(String cloud) {
        return URI.create("https://res.cloudinary.com/" + cloud);
    }

    /// A pair of keys.
    public record Credentials(String apiKey, String apiSecret) {

        @Override
        public String toString() {
            return "Credentials[…]";
        }
    }
}
