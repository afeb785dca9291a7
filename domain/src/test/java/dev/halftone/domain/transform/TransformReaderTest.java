package dev.halftone.domain.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halftone.domain.image.ImageFormat;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformReaderTest {
    private static final Set<ImageFormat> WRITTEN = Set.of(ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.WEBP);
    private final TransformReader reader = new TransformReader(new TransformRules(Presets.NONE, false, WRITTEN));

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            w=300                                    > w=300
            width=300&height=200                     > h=200&w=300
            w=300&w=                                 > w=300
            w=0300                                   > w=300
            w=300.0                                  > w=300
            w=.5                                     > w=0.5
            w=300&fit=max                            > w=300
            w=300&h=200&fit=inside                   > h=200&w=300
            w=300&h=200&fit=cover                    > fit=crop&h=200&w=300
            w=300&h=200&fit=pad                      > fit=fill&h=200&w=300
            w=300&h=200&fit=contain                  > fit=fill&h=200&w=300
            w=300&h=200&fit=stretch                  > fit=scale&h=200&w=300
            w=300&fit=crop                           > fit=clip&w=300
            h=300&fit=min                            > h=300
            fit=crop                                 > q=75
            q=75                                     > q=75
            quality=80                               > q=80
            w=300&q=75                               > w=300
            w=300&dpr=2                              > w=600
            w=300&h=100&dpr=0.5                      > h=50&w=150
            w=0.5&dpr=2                              > w=0.5
            w=10&pad=5&dpr=3                         > pad=15&w=30
            w=300&ar=3:2                             > h=200&w=300
            h=200&ar=3:2&dpr=2                       > h=400&w=600
            w=300&h=100&ar=3:2                       > h=100&w=300
            ar=32:18&fit=crop                        > ar=16:9&fit=crop
            ar=1.5:1&fit=crop                        > ar=3:2&fit=crop
            w=0.5&ar=4:2                             > ar=2:1&w=0.5
            w=9&h=9&fit=crop&crop=center             > fit=crop&h=9&w=9
            w=9&h=9&fit=crop&crop=left,top           > crop=top,left&fit=crop&h=9&w=9
            w=9&h=9&fit=crop&crop=top,left           > crop=top,left&fit=crop&h=9&w=9
            w=9&h=9&crop=top                         > h=9&w=9
            w=9&h=9&fit=crop&crop=edges              > crop=entropy&fit=crop&h=9&w=9
            w=9&h=9&fit=crop&fp-x=0.2                > crop=focalpoint&fit=crop&fp-x=0.2&h=9&w=9
            w=9&h=9&fit=crop&crop=focalpoint         > fit=crop&h=9&w=9
            w=9&h=9&fit=crop&crop=focalpoint&fp-y=0  > crop=top&fit=crop&h=9&w=9
            w=9&h=9&fit=crop&crop=top&fp-x=0.3       > crop=top&fit=crop&h=9&w=9
            w=9&fm=jpeg                              > fm=jpg&w=9
            w=9&format=webp&auto=format              > fm=webp&w=9
            w=9&auto=format                          > auto=format&w=9
            w=9&fm=auto                              > auto=format&w=9
            auto=format                              > auto=format
            w=9&auto=compress,format                 > auto=format&q=45&w=9
            w=9&auto=compress&q=75                   > w=9
            w=9&rot=0&flip=vh&blur=0                 > flip=hv&w=9
            blur=2                                   > blur=6
            bg=%23FFF                                > bg=ffffff
            bg=8f00                                  > bg=88ff0000
            trim=color&trim-tol=11                   > trim=auto
            w=9&trim-tol=30                          > w=9
            w=9&mark-alpha=20                        > w=9
            txt=a%20b%26&txt-color=ffffff            > txt=a%20b%26
            txt=a+b&txt-size=0.05&txt-align=right,bottom > txt=a%20b
            txt=a&w=9&dpr=2                          > txt=a&txt-pad=20&w=18
            rect=0,0,.5,100                          > rect=0,0,0.5,100
            max-w=500&max-h=1                        > max-h=1&max-w=500
            mark=0123456789ABCDEFGHJKMNPQRS&mark-align=middle,left > mark=0123456789abcdefghjkmnpqrs&mark-align=left
            """)
    void bringsEverySpellingToOneForm(String written, String canonical) {
        TransformQuery query = reader.read(written);

        assertThat(query.canonical()).isEqualTo(canonical);
        assertThat(reader.read(canonical)).isEqualTo(query);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            w=0                 > w       > expected pixels from 1 to 8192, or a share of the source's between 0 and 1, not "0"
            w=8193              > w       > not "8193"
            w=1.5               > w       > not "1.5"
            w=-3                > w       > not "-3"
            width=x             > width   > not "x"
            w=1e3               > w       > not "1e3"
            q=0                 > q       > expected a whole number from 1 to 100, not "0"
            q=101               > q       > not "101"
            f=crop              > f       > write fit= or fm=
            wdith=3             > wdith   > there is no such parameter
            w=1&width=2         > width   > is given twice (w and width are the same)
            fit=facearea        > fit     > max, clip, crop
            crop=faces          > crop    > focalpoint, entropy or edges
            dpr=6               > dpr     > a number from 0.1 to 5
            w=5000&dpr=2        > w       > is 10000 pixels at dpr=2, the limit is 8192
            w=8000&ar=1:2       > h       > is 16000 pixels for ar=1:2
            w=8000&ar=1:99999   > h       > the limit is 8192
            ar=16               > ar      > 16:9
            ar=0:9              > ar      > 16:9
            rect=1,2,3          > rect    > left,top,width,height
            rect=1,2,0,3        > rect    > left,top,width,height
            rot=360             > rot     > from 0 to 359.9999
            flip=x              > flip    > h, v or hv
            bg=nocolour         > bg      > a colour
            auto=enhance        > auto    > compress or format
            fm=avif             > fm      > avif is not written by this service; it writes jpg, png, webp
            fm=tiff             > fm      > jpg, pjpg
            p=none              > p       > there is no preset "none" (none are configured)
            mark=../../etc      > mark    > the imageId
            w=9&h=9&fit=min&crop=edges > crop > go with fit=crop
            expires=tomorrow    > expires > whole seconds
            txt=%ff             > %ff     > can't be decoded
            w=%3                > %3      > can't be decoded
            """)
    void refusesWhatItCantDo(String written, String parameter, String message) {
        assertThatThrownBy(() -> reader.read(written))
                .isInstanceOfSatisfying(
                        TransformRefused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .satisfies(problem -> {
                                    assertThat(problem.parameter()).isEqualTo(parameter);
                                    assertThat(problem.message()).contains(message);
                                }));
    }

    @Test
    void tellsEveryMistakeAtOnce() {
        assertThatThrownBy(() -> reader.read("w=0&f=3&q=x&h=10&nope=1"))
                .isInstanceOfSatisfying(
                        TransformRefused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(TransformProblem::parameter)
                                .containsExactly("w", "f", "q", "nope"));
    }

    @ParameterizedTest
    @CsvSource({"''", "dl=a.jpg", "expires=1800000000&s=abc", "w=", "dpr=2"})
    void leavesTheOriginalWhereNothingIsAskedOfThePicture(String written) {
        TransformQuery query = reader.read(written);

        assertThat(query.original()).isTrue();
        assertThat(query.canonical()).isEmpty();
    }

    @Test
    void keepsWhatIsOfTheLinkApart() {
        TransformQuery query = reader.read("w=9&dl=my%20%C3%A9.jpg%0D%0A&expires=1800000000&s=x");

        assertThat(query.download()).contains("my é.jpg");
        assertThat(query.expires()).contains(Instant.ofEpochSecond(1_800_000_000));
        assertThat(query.canonical()).isEqualTo("w=9");
    }

    @Test
    void takesTheNegotiatedFormat() {
        TransformQuery query = reader.read("auto=format&w=9");

        assertThat(query.in(java.util.Optional.of(ImageFormat.WEBP)).canonical())
                .isEqualTo("auto=format&fm=webp&w=9");
        assertThat(query.in(java.util.Optional.empty()).canonical()).isEqualTo("w=9");
        assertThat(reader.read("auto=format").in(java.util.Optional.empty()).canonical())
                .isEqualTo("q=75");
    }
}
