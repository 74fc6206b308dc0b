package io.pipewright.stages.cassandra;

import java.util.Locale;

/**
 * A token of CQL.
 *
 * @param text for names as they are stored: lower case unless they were quoted
 * @param line from 1
 */
record CqlToken(Kind kind, String text, int line) {

    /** The kinds of token. */
    enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        SYMBOL,
        END
    }

    /** Whether it is this keyword or symbol; a quoted name never is. */
    boolean is(String expected) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equals(expected.toLowerCase(Locale.ROOT));
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }

    /** For messages. */
    String shown() {
        return kind == Kind.END ? "the end of the file" : "`" + text + "`";
    }
}
