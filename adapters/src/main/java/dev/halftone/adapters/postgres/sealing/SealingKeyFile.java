package dev.halftone.adapters.postgres.sealing;

import dev.halftone.adapters.postgres.DatabaseRefused;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/// The sealing key of a data folder, in a file that only its owner reads. Made when it is first needed.
public final class SealingKeyFile {
    private static final String NAME = "secret.key";
    private static final int BYTES = 32;

    private SealingKeyFile() {}

    /// @param folder exists
    public static SealingKey in(Path folder, SecureRandom random) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            make(file, random);
        }
        String text = Files.readString(file).strip();
        if (text.length() < SealingKey.SHORTEST) {
            throw new DatabaseRefused("The file " + file + " holds no key. Put the one back that was there, or set"
                    + " HALFTONE_SECRET_KEY.");
        }
        return SealingKey.of(text);
    }

    /// Whole or not at all, and never over one that another process has just made.
    private static void make(Path file, SecureRandom random) throws IOException {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        Path fresh = Files.createTempFile(
                file.getParent(),
                NAME,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(fresh, Base64.getEncoder().encodeToString(key) + "\n");
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            // That one is the folder's key then.
        } catch (UnsupportedOperationException noLinks) {
            Files.move(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
