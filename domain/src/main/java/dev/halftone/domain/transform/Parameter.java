package dev.halftone.domain.transform;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Every parameter of a URL transform: the one list that the reader and the reference page share.
public enum Parameter {
    W("w", "width", ValueForm.side(Parameter.MOST_PIXELS), "", "Width of the box that the picture is brought to."),
    H("h", "height", ValueForm.side(Parameter.MOST_PIXELS), "", "Height of the box."),
    FIT(
            "fit",
            "",
            ValueForm.fit(),
            "max",
            "How the picture is brought to the box: `max` inside it, never enlarged; `clip` inside it; `crop` covers it and is"
                    + " cut; `min` has its shape, never enlarged; `fill` inside it and padded; `fillmax` the same, never"
                    + " enlarged; `scale` stretched."),
    CROP("crop", "", ValueForm.crop(), "center", "What stays in sight where `fit` is `crop` or `min`."),
    FP_X("fp-x", "", ValueForm.number("0", "1"), "0.5", "The focal point from the left edge, for `crop=focalpoint`."),
    FP_Y("fp-y", "", ValueForm.number("0", "1"), "0.5", "The focal point from the top edge."),
    AR("ar", "", ValueForm.ratio(), "", "The box's shape, where one of `w` and `h` or both are not given."),
    MAX_W("max-w", "", ValueForm.whole(1, Parameter.MOST_PIXELS), "", "The output is shrunk to at most this width."),
    MAX_H("max-h", "", ValueForm.whole(1, Parameter.MOST_PIXELS), "", "The output is shrunk to at most this height."),
    DPR(
            "dpr",
            "",
            ValueForm.number("0.1", "5"),
            "1",
            "Pixels of the screen for one of the page: every length in pixels is multiplied by it."),
    RECT("rect", "", ValueForm.rect(), "", "The part of the source to begin with."),
    TRIM("trim", "", ValueForm.word("auto", "color"), "", "Cuts off edges of one colour, that of the corner."),
    TRIM_TOL("trim-tol", "", ValueForm.whole(0, 255), "11", "How far a colour may differ from the corner's."),
    ROT("rot", "", ValueForm.number("0", "359.9999"), "0", "Turns the picture clockwise, in degrees."),
    FLIP(
            "flip",
            "",
            ValueForm.word(Map.of("vh", "hv"), "h", "v", "hv"),
            "",
            "Mirrors the picture: `h` left and right, `v` top and bottom."),
    PAD("pad", "", ValueForm.whole(0, Parameter.MOST_PIXELS), "0", "Adds edges of this many pixels."),
    BG(
            "bg",
            "",
            ValueForm.colour(),
            "",
            "The colour of added edges and corners and of what is clear; without it they are clear, and white in JPEG."),
    BLUR("blur", "", ValueForm.number("0", "2000"), "0", "Blurs; 20 is a Gauss curve of one pixel."),
    SHARP("sharp", "", ValueForm.number("0", "100"), "0", "Sharpens by an unsharp mask; 20 adds the difference once."),
    MARK("mark", "", ValueForm.image(), "", "Another image that is laid on the picture."),
    MARK_ALIGN("mark-align", "", ValueForm.place(), "bottom,right", "Where it lies."),
    MARK_ALPHA("mark-alpha", "", ValueForm.number("0", "100"), "100", "How strongly it shows, in per cent."),
    MARK_SCALE("mark-scale", "", ValueForm.number("0.1", "100"), "25", "Its width in per cent of the picture's."),
    MARK_PAD("mark-pad", "", ValueForm.whole(0, Parameter.MOST_PIXELS), "10", "Pixels to the edges."),
    TXT("txt", "", ValueForm.text(), "", "Words that are written on the picture."),
    TXT_ALIGN("txt-align", "", ValueForm.place(), "bottom,right", "Where they stand."),
    TXT_COLOR("txt-color", "", ValueForm.colour(), "white", "Their colour."),
    TXT_SIZE("txt-size", "", ValueForm.textSize(), "0.05", "The height of a line."),
    TXT_ALPHA("txt-alpha", "", ValueForm.number("0", "100"), "100", "How strongly they show, in per cent."),
    TXT_PAD("txt-pad", "", ValueForm.whole(0, Parameter.MOST_PIXELS), "10", "Pixels to the edges."),
    TXT_SHAD("txt-shad", "", ValueForm.word("0", "1"), "1", "Whether a shadow keeps them legible."),
    FM(
            "fm",
            "format",
            ValueForm.word(Map.of("jpeg", "jpg", "pjpeg", "pjpg"), "jpg", "pjpg", "png", "webp", "avif", "auto"),
            "",
            "The output's format, the source's own without it; `pjpg` is progressive JPEG, `auto` is `auto=format`."),
    Q("q", "quality", ValueForm.whole(1, 100), "75", "The format's own quality scale."),
    AUTO(
            "auto",
            "",
            ValueForm.words("compress", "format"),
            "",
            "`format` takes AVIF or WebP where `Accept` names it; `compress` lowers `q` to 45 unless `q` is given."),
    P("p", "", ValueForm.name(), "", "A preset of the operator's; parameters beside it go before its own."),
    DL("dl", "", ValueForm.text(), "", "Has browsers save the picture under this file name."),
    EXPIRES("expires", "", ValueForm.seconds(), "", "When the link stops working."),
    S("s", "", ValueForm.signature(), "", "The link's signature.");

    static final int MOST_PIXELS = 8_192;

    private final String wire;
    private final String alias;
    private final ValueForm form;
    private final String standard;
    private final String meaning;

    Parameter(String wire, String alias, ValueForm form, String standard, String meaning) {
        this.wire = wire;
        this.alias = alias;
        this.form = form;
        this.standard = standard;
        this.meaning = meaning;
    }

    public String wire() {
        return wire;
    }

    /// Another name that is accepted.
    public Optional<String> alias() {
        return Optional.of(alias).filter(name -> !name.isEmpty());
    }

    /// What holds when it is not given; empty where nothing does.
    public Optional<String> standard() {
        return Optional.of(standard).filter(text -> !text.isEmpty());
    }

    /// What may be written, for the reference page.
    public String expected() {
        return form.described();
    }

    /// One sentence for the reference page.
    public String meaning() {
        return meaning;
    }

    /// The one text that stands for all spellings of a value; empty for a value that is none of this
    /// parameter's.
    Optional<String> normal(String text) {
        return form.normal().apply(text);
    }

    /// The default in canonical form.
    Optional<String> normalStandard() {
        return standard().flatMap(this::normal);
    }

    /// Whether it says something of the link rather than of the picture.
    boolean ofTheLink() {
        return this == DL || this == EXPIRES || this == S;
    }

    /// By name or alias.
    public static Optional<Parameter> named(String name) {
        return Arrays.stream(values())
                .filter(one -> one.wire.equals(name) || one.alias.equals(name) && !name.isEmpty())
                .findFirst();
    }
}
