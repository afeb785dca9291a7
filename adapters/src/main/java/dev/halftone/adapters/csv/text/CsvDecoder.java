package dev.halftone.adapters.csv.text;

import dev.halftone.domain.manifest.Assumption;
import dev.halftone.domain.manifest.ManifestRefused;
import dev.halftone.domain.manifest.ManifestRefused.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Decodes a CSV of unknown encoding in one pass with flat memory. A byte order mark settles it. Without one the
/// text is ASCII until a byte says otherwise: there a window of 64 KiB is examined, and the file is UTF-8 when at
/// least as many of its multi-byte sequences are well-formed as are not (text in Windows-1252 has next to none
/// that are), else Windows-1252. From there on a sequence that is malformed in the chosen encoding refuses the
/// file with its line and byte: a strict decode of a whole file, without holding the file.
final class CsvDecoder extends Reader {
    private static final int WINDOW = 1 << 16;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final InputStream in;
    private final long maxBytes;
    private final Consumer<Assumption> assumptions;
    private final ByteBuffer bytes = ByteBuffer.allocate(WINDOW).flip();
    private final CharBuffer chars = CharBuffer.allocate(8192).flip();
    private final LineCounter lines = new LineCounter();
    private final boolean marked;
    private @Nullable CharsetDecoder decoder;
    private long fetched;
    private boolean ended;

    /// @param in not closed
    /// @throws ManifestRefused for an empty file and for one that is no CSV
    CsvDecoder(InputStream in, long maxBytes, Consumer<Assumption> assumptions) throws IOException {
        this.in = in;
        this.maxBytes = maxBytes;
        this.assumptions = assumptions;
        fetch();
        byte[] head = Arrays.copyOf(bytes.array(), Math.min(bytes.limit(), 4096));
        Charset announced = byteOrderMark(head);
        marked = announced != null;
        if (announced == null || announced.equals(StandardCharsets.UTF_8)) {
            FileKind.refuseOther(head);
        }
        if (announced != null) {
            decoder = strict(announced);
        }
        if (!bytes.hasRemaining()) {
            throw new ManifestRefused(Reason.EMPTY, "The file is empty.");
        }
    }

    /// Whether the file begins with a byte order mark.
    boolean isMarked() {
        return marked;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!chars.hasRemaining()) {
            if (!decodeMore()) {
                return -1;
            }
        }
        int count = Math.min(length, chars.remaining());
        chars.get(into, offset, count);
        return count;
    }

    @Override
    public void close() {
        // The stream is the caller's.
    }

    private boolean decodeMore() throws IOException {
        if (!bytes.hasRemaining() && !fetch()) {
            return false;
        }
        chars.clear();
        CharsetDecoder chosen = decoder;
        if (chosen == null) {
            passAscii();
            if (chars.position() == 0) {
                fetch();
                decoder = strict(chooseCharset());
            }
        } else {
            CoderResult result = chosen.decode(bytes, chars, ended);
            boolean stuck = chars.position() == 0;
            if (stuck && result.isError()) {
                throw undecodable(chosen.charset());
            }
            if (stuck) {
                fetch();
            }
        }
        chars.flip();
        for (int i = 0; i < chars.limit(); i++) {
            lines.see(chars.get(i));
        }
        return true;
    }

    private void passAscii() {
        while (bytes.hasRemaining() && chars.hasRemaining() && bytes.get(bytes.position()) >= 0) {
            chars.put((char) bytes.get());
        }
    }

    /// Fills the window again behind what is left in it.
    private boolean fetch() throws IOException {
        if (ended) {
            return false;
        }
        bytes.compact();
        int got = in.readNBytes(bytes.array(), bytes.position(), bytes.remaining());
        ended = got < bytes.remaining();
        bytes.position(bytes.position() + got).flip();
        fetched += got;
        if (fetched > maxBytes) {
            throw new ManifestRefused(
                    Reason.TOO_MANY_BYTES,
                    "The file is over the limit of " + maxBytes
                            + " bytes. Split it, or have the operator raise HALFTONE_MAX_CSV_BYTES.");
        }
        return got > 0;
    }

    /// Consumes a byte order mark.
    private @Nullable Charset byteOrderMark(byte[] head) {
        if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
            bytes.position(3);
            return StandardCharsets.UTF_8;
        }
        boolean utf32 = startsWith(head, 0xFF, 0xFE, 0, 0) || startsWith(head, 0, 0, 0xFE, 0xFF);
        boolean little = startsWith(head, 0xFF, 0xFE);
        if (!utf32 && (little || startsWith(head, 0xFE, 0xFF))) {
            bytes.position(2);
            return little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        }
        if (utf32 || FileKind.isUtf16WithoutMark(head)) {
            String found = utf32 ? "UTF-32" : "UTF-16 without a byte order mark";
            throw new ManifestRefused(Reason.UNDECODABLE, "The file is " + found + ". Save it as CSV UTF-8.");
        }
        return null;
    }

    private static boolean startsWith(byte[] head, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= head.length || (head[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private Charset chooseCharset() {
        if (Utf8.isLikely(bytes.array(), bytes.position(), bytes.limit(), ended)) {
            return StandardCharsets.UTF_8;
        }
        assumptions.accept(new Assumption(
                lines.line(),
                "encoding",
                "Line " + lines.line() + " is not UTF-8: the file is read as Windows-1252. If names look wrong, save it"
                        + " as CSV UTF-8."));
        return WINDOWS_1252;
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private ManifestRefused undecodable(Charset charset) {
        long offset = fetched - bytes.remaining();
        return new ManifestRefused(
                Reason.UNDECODABLE,
                lines.line(),
                "Line %d holds a byte (0x%02X at offset %d) that is not valid %s. Save the file as CSV UTF-8."
                        .formatted(lines.line(), bytes.get(bytes.position()), offset, charset.name()));
    }
}
