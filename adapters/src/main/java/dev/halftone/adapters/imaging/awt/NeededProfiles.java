package dev.halftone.adapters.imaging.awt;

import dev.halftone.domain.image.ContentHash;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tells which embedded ICC profiles a file cannot do without. Trying a profile takes longer than recompressing a small
/// JPEG, and a shop's pictures share a few, so the last answers are kept. Thread-safe.
public final class NeededProfiles {
    private static final int KEPT = 64;

    private final Map<ContentHash, Boolean> answers = new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ContentHash, Boolean> eldest) {
            return size() > KEPT;
        }
    };

    /// Whether the picture would change its colours without the profile: not so where it is plain sRGB, damaged, or
    /// made for another number of components.
    ///
    /// @param components of the picture, 1 to 4
    public boolean isNeeded(byte[] profile, int components) {
        ContentHash key = ContentHash.of(profile);
        synchronized (answers) {
            Boolean known = answers.get(key);
            if (known != null) {
                return known && fits(profile, components);
            }
        }
        boolean needed = isCmyk(profile) || ColourProfile.of(profile).isPresent();
        synchronized (answers) {
            answers.put(key, needed);
        }
        return needed && fits(profile, components);
    }

    /// The colour space signature in the header (ICC.1:2022, 7.2.6).
    private static boolean fits(byte[] profile, int components) {
        String space = new String(profile, 16, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
        return switch (components) {
            case 1 -> space.equals("GRAY");
            case 3 -> space.equals("RGB ");
            case 4 -> space.equals("CMYK");
            default -> false;
        };
    }

    private static boolean isCmyk(byte[] profile) {
        try {
            return new ICC_ColorSpace(ICC_Profile.getInstance(profile)).getType() == ColorSpace.TYPE_CMYK;
        } catch (IllegalArgumentException | CMMException | IndexOutOfBoundsException damaged) {
            return false;
        }
    }
}
