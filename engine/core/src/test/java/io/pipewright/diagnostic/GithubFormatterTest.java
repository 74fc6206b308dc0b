package io.pipewright.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GithubFormatterTest {

    private final Source source = Source.of("pipelines/a,b.yaml", "size: 0s\nwhere: |-\n  a\n");

    @Test
    void everyFindingIsACommandWithItsPlace() {
        Diagnostics found = Diagnostics.of(
                Diagnostic.error("bad-size", Span.of(source, 1, 7, 9), "A window is 100% empty.", "write `10s`."),
                Diagnostic.warning("odd", new Span(source, new Position(2, 1), new Position(3, 4)), "Odd.", null));

        assertThat(new GithubFormatter().format(found))
                .isEqualTo(
                        """
                        ::error file=pipelines/a%2Cb.yaml,line=1,col=7,endColumn=8,title=bad-size::A window is 100%25 empty.%0Awrite `10s`.
                        ::warning file=pipelines/a%2Cb.yaml,line=2,endLine=3,title=odd::Odd.
                        """);
    }

    @Test
    void whatEndsACommandOrAPropertyIsEscaped() {
        Source hostile = Source.of("a:b,c%\r\n::warning::x.yaml", "x");

        assertThat(new GithubFormatter()
                        .format(Diagnostics.of(Diagnostic.error(
                                "c", Span.of(hostile, 1, 1, 2), "`\n::set-output name=a::b`: 1,2.", "%0A\nnext"))))
                .isEqualTo("::error file=a%3Ab%2Cc%25\\u000D\\u000A%3A%3Awarning%3A%3Ax.yaml,line=1,col=1,endColumn=1,"
                        + "title=c::`\\u000A::set-output name=a::b`: 1,2.%0A%250A%0Anext\n");
    }

    @Test
    void nothingFoundIsNothingPrinted() {
        assertThat(new GithubFormatter().format(Diagnostics.none())).isEmpty();
    }
}
