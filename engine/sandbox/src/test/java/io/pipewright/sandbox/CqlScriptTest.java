package io.pipewright.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CqlScriptTest {

    @Test
    void statementsEndAtSemicolons() {
        assertThat(CqlScript.statements("USE a;\n\nUSE b ;;")).containsExactly("USE a", "USE b");
    }

    @Test
    void commentsAreLeftOut() {
        assertThat(CqlScript.statements("-- one; two\nUSE a; // three;\n/* four;\nfive */ USE b; -- end"))
                .containsExactly("USE a", "USE b");
    }

    @Test
    void textsKeepSemicolonsAndDashes() {
        assertThat(CqlScript.statements("INSERT 'it''s; -- /* fine'; SELECT \"a;b\"; CREATE $$ x; '$$ END"))
                .containsExactly("INSERT 'it''s; -- /* fine'", "SELECT \"a;b\"", "CREATE $$ x; '$$ END");
    }

    @Test
    void whatIsNotClosedReachesToTheEnd() {
        assertThat(CqlScript.statements("USE 'a; b")).containsExactly("USE 'a; b");
        assertThat(CqlScript.statements("USE a /* b;")).containsExactly("USE a");
    }
}
