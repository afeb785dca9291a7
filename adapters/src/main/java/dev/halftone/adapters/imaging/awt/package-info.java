/// The engine that always works: pixels through ImageIO's readers and writers, each named, none looked up by content.
package dev.halftone.adapters.imaging.awt;
