/// Operations that change a picture's tones and leave its shape: blur, sharpen, grayscale, flatten, background.
package dev.halftone.adapters.imaging.steps.tone;
