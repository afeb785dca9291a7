package dev.halftone.adapters.imaging.svg;

import dev.halftone.domain.failure.FailureCode;
import dev.halftone.domain.failure.HalftoneException;
import dev.halftone.domain.image.ImageLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/// Writes an SVG anew with nothing in it that acts or reaches out: elements and attributes that run code, embed
/// documents or point elsewhere are left away, and so are the document type, processing instructions and
/// comments. What is left is drawing. Bounded: bytes by [#MAX_BYTES], elements, and their depth. Stateless and
/// thread-safe.
public final class SvgCleaner {
    /// Drawings of a shop are kilobytes; time to draw grows with the text, not with the pixels.
    public static final int MAX_BYTES = 4 << 20;

    private static final int MAX_ELEMENTS = 100_000;
    /// The JDK's parser gives up at 100.
    private static final int MAX_DEPTH = 90;
    private static final int MAX_REUSES = 5_000;

    private static final String SVG = "http://www.w3.org/2000/svg";

    /// Without their children.
    private static final Set<String> DROPPED = Set.of(
            "script",
            "foreignobject",
            "iframe",
            "object",
            "embed",
            "audio",
            "video",
            "handler",
            "listener",
            "metadata");

    private final XMLStreamReader in;
    private final XMLStreamWriter out;
    private final SvgAttributes attributes;
    private int elements;
    private int reuses;

    private SvgCleaner(XMLStreamReader in, XMLStreamWriter out, ImageLimits limits) {
        this.in = in;
        this.out = out;
        this.attributes = new SvgAttributes(limits);
    }

    /// @param limits that hold for all pictures inside it together
    /// @return the drawing, in UTF-8
    /// @throws HalftoneException `too_large`; `corrupt_image` where it is no well-formed XML with an `svg` at
    ///     its
    ///     root; `unsupported_format` where it declares entities or is beyond the bounds
    public static byte[] clean(byte[] svg, ImageLimits limits) {
        if (svg.length > MAX_BYTES) {
            throw HalftoneException.of(
                    FailureCode.TOO_LARGE, "the SVG has " + svg.length + " bytes, " + MAX_BYTES + " are drawn at most");
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(svg.length);
            XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
            new SvgCleaner(factory().createXMLStreamReader(new ByteArrayInputStream(svg)), writer, limits).run();
            writer.flush();
            return bytes.toByteArray();
        } catch (XMLStreamException | IllegalArgumentException e) {
            throw HalftoneException.of(FailureCode.CORRUPT_IMAGE, "the SVG is no well-formed XML: " + firstLine(e), e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int last = message.lastIndexOf("Message: ");
        return (last < 0 ? message : message.substring(last + 9))
                .lines()
                .findFirst()
                .orElse("");
    }

    private void run() throws XMLStreamException {
        int depth = 0;
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (depth == 0 && !in.getLocalName().equals("svg")) {
                        throw new XMLStreamException("its root is " + in.getLocalName() + ", not svg");
                    }
                    if (isDropped()) {
                        skip();
                    } else {
                        depth++;
                        start(depth);
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    out.writeEndElement();
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text(in.getText());
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw HalftoneException.of(
                            FailureCode.UNSUPPORTED_FORMAT,
                            "the SVG uses the entity " + in.getLocalName() + "; save it without a document type");
                default -> {
                    // Comments, processing instructions, the document type.
                }
            }
        }
        out.writeEndDocument();
    }

    private boolean isDropped() {
        String namespace = in.getNamespaceURI();
        boolean drawn = namespace == null || namespace.isEmpty() || namespace.equals(SVG);
        return !drawn || DROPPED.contains(in.getLocalName().toLowerCase(Locale.ROOT));
    }

    private void skip() throws XMLStreamException {
        for (int open = 1; open > 0; ) {
            int event = in.next();
            open += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }

    private void start(int depth) throws XMLStreamException {
        String name = in.getLocalName();
        elements++;
        reuses += name.equals("use") ? 1 : 0;
        if (elements > MAX_ELEMENTS || depth > MAX_DEPTH || reuses > MAX_REUSES) {
            throw HalftoneException.of(
                    FailureCode.UNSUPPORTED_FORMAT,
                    "the SVG has more than " + MAX_ELEMENTS + " elements, " + MAX_DEPTH + " levels or " + MAX_REUSES
                            + " reuses");
        }
        out.writeStartElement(name);
        if (depth == 1) {
            out.writeDefaultNamespace(SVG);
            out.writeNamespace("xlink", "http://www.w3.org/1999/xlink");
        }
        for (int i = 0; i < in.getAttributeCount(); i++) {
            String prefix = in.getAttributePrefix(i) == null ? "" : in.getAttributePrefix(i);
            String attribute = in.getAttributeLocalName(i);
            Optional<String> value = attributes.kept(name, prefix, attribute, in.getAttributeValue(i), depth == 1);
            if (value.isPresent()) {
                out.writeAttribute(prefix.isEmpty() ? attribute : prefix + ":" + attribute, value.get());
            }
        }
    }

    private void text(String text) throws XMLStreamException {
        if (!attributes.reachesOut(text)) {
            out.writeCharacters(text);
        }
    }
}
