package dev.halftone.adapters.imaging.jpeg.codec.scans;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halftone.adapters.imaging.jpeg.JpegSamples;
import dev.halftone.adapters.imaging.jpeg.JpegSamples.Picture;
import dev.halftone.adapters.imaging.jpeg.codec.Frame;
import dev.halftone.adapters.imaging.jpeg.codec.FrameComponent;
import dev.halftone.adapters.imaging.jpeg.codec.entropy.Tokens;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.PlaneTokenizer;
import dev.halftone.adapters.imaging.jpeg.codec.requantise.Requantiser;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SparsePictureTest {
    @Test
    void tokensAndPlanesHoldTheSamePicture() {
        Random random = new Random(23);
        int[][] samplings = {{11}, {22}, {11, 11, 11}, {22, 11, 11}, {21, 12, 11}, {11, 22, 11}, {11, 11, 11, 11}};
        for (int[] factors : samplings) {
            for (int[] size : new int[][] {{64, 64}, {57, 33}, {1, 1}, {17, 40}}) {
                Frame frame = JpegSamples.frame(size[0], size[1], factors);
                Picture picture = JpegSamples.random(frame, random.nextDouble(), 900, random);
                SparsePicture fromPlanes = new SparsePicture();
                fromPlanes.read(frame, picture.planes());
                Tokens tokens = new Tokens();
                List<Requantiser> identity = picture.tables().stream()
                        .map(table -> Requantiser.identity(table, true))
                        .toList();
                picture.planes().setMasks(picture.frame());
                PlaneTokenizer.tokenize(frame, picture.planes(), identity, 0, tokens);
                SparsePicture fromTokens = new SparsePicture();
                fromTokens.read(frame, tokens);
                for (FrameComponent component : frame.components()) {
                    short[] expected = JpegSamples.blocks(component, picture.planes());
                    assertThat(blocks(fromPlanes.plane(component.index()))).isEqualTo(expected);
                    assertThat(blocks(fromTokens.plane(component.index()))).isEqualTo(expected);
                }
            }
        }
    }

    private static short[] blocks(SparsePlane plane) {
        short[] blocks = new short[plane.blocks() * 64];
        for (int block = 0; block < plane.blocks(); block++) {
            blocks[block * 64] = (short) plane.dc(block);
            for (int at = plane.start(block); plane.entries()[at] >> 16 < SparsePlane.END; at++) {
                blocks[block * 64 + (plane.entries()[at] >> 16)] = (short) plane.entries()[at];
            }
        }
        return blocks;
    }
}
