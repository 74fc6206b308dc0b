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
    void nothingFoundIsNothingPrinted() {
        assertThat(new GithubFormatter().format(Diagnostics.none())).isEmpty();
    }
}
