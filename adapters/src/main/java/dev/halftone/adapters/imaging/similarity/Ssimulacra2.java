package dev.halftone.adapters.imaging.similarity;

/// SSIMULACRA 2.1, Jon Sneyers, Cloudinary, 2022–2023: a perceptual score tuned on subjective ratings, from
/// three error maps (structure, edges that came, edges that went) at six sizes in XYB colours, under two norms
/// each. Not symmetric: the first picture is the reference.
///
/// 100 for the same picture, 90 visually lossless, 70 high quality, 50 medium, 30 low, below 0 worse than that.
/// Method and constants: `src/ssimulacra2.cc` of github.com/cloudinary/ssimulacra2 (BSD). That program blurs
/// with a recursive filter whose rounding errors grow along a row and count as a difference; here it is the
/// finite window that it stands for. Scores agree to some hundredths on small pictures; on photos of one to
/// three megapixels ours is higher, by 0.1 at a score of 60, 0.4 at 80, 2 at 92.
public final class Ssimulacra2 {
    private static final int SCALES = 6;
    private static final int SMALLEST = 8;
    private static final float[] WINDOW = TruncatedCosines.window(1.5);

    private Ssimulacra2() {}

    /// The score of a picture beside its reference.
    ///
    /// @throws IllegalArgumentException when their sizes differ or a side is below 8 pixels
    public static double of(Rgb reference, Rgb distorted) {
        Sizes.checkSame(reference.width(), reference.height(), distorted.width(), distorted.height());
        if (Math.min(reference.width(), reference.height()) < SMALLEST) {
            throw new IllegalArgumentException("SSIMULACRA 2 needs at least 8 x 8 pixels, found " + reference.width()
                    + " x " + reference.height());
        }
        LinearPicture first = LinearPicture.of(reference);
        LinearPicture second = LinearPicture.of(distorted);
        double[][][] norms = new double[SCALES][][];
        int scales = 0;
        while (scales < SCALES && Math.min(first.width(), first.height()) >= SMALLEST) {
            if (scales > 0) {
                first = first.halved();
                second = second.halved();
            }
            norms[scales++] = norms(first, second);
        }
        return Ssimulacra2Weights.score(norms, scales);
    }

    /// For X, Y and B: the six norms of [ErrorMaps].
    private static double[][] norms(LinearPicture first, LinearPicture second) {
        int width = first.width();
        int height = first.height();
        Xyb one = new Xyb(width);
        Xyb other = new Xyb(width);
        ErrorMaps[] maps = {new ErrorMaps(width, WINDOW), new ErrorMaps(width, WINDOW), new ErrorMaps(width, WINDOW)};
        for (int y = 0; y < height + Moments.RADIUS; y++) {
            if (y < height) {
                one.read(first, y);
                other.read(second, y);
                maps[0].push(one.x, other.x);
                maps[1].push(one.y, other.y);
                maps[2].push(one.b, other.b);
            } else {
                for (ErrorMaps map : maps) {
                    map.pad();
                }
            }
        }
        double pixels = (double) width * height;
        return new double[][] {maps[0].norms(pixels), maps[1].norms(pixels), maps[2].norms(pixels)};
    }
}
