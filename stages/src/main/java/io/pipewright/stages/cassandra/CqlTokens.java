package io.pipewright.stages.cassandra;

import java.util.List;

/** A position in a list of tokens, with the questions a reader asks there. */
final class CqlTokens {

    private final List<CqlToken> tokens;
    private int at;

    CqlTokens(List<CqlToken> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    CqlToken peek() {
        return tokens.get(at);
    }

    private CqlToken peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    CqlToken next() {
        CqlToken token = peek();
        if (token.kind() != CqlToken.Kind.END) {
            at++;
        }
        return token;
    }

    boolean atEnd() {
        return peek().kind() == CqlToken.Kind.END;
    }

    /** Passes over a keyword or symbol if it stands here. */
    boolean accept(String expected) {
        boolean found = peek().is(expected);
        if (found) {
            at++;
        }
        return found;
    }

    /** Passes over two keywords if they stand here. */
    boolean accept(String first, String second) {
        boolean found = peek().is(first) && peek(1).is(second);
        if (found) {
            at += 2;
        }
        return found;
    }

    boolean acceptIfNotExists() {
        if (!accept("if")) {
            return false;
        }
        expect("not");
        expect("exists");
        return true;
    }

    void expect(String expected) {
        CqlToken found = peek();
        if (!accept(expected)) {
            throw unexpected(found, "`" + expected + "`");
        }
    }

    /** The name that stands here. */
    String name(String what) {
        CqlToken token = peek();
        if (!token.isName()) {
            throw unexpected(token, "the name of " + what);
        }
        at++;
        return token.text();
    }

    /** Goes behind the next semicolon. */
    void skipStatement() {
        while (!atEnd() && !accept(";")) {
            at++;
        }
    }

    static CqlSyntaxException unexpected(CqlToken found, String expected) {
        return new CqlSyntaxException(
                found.line(),
                "found " + found.shown() + " where " + expected + " was expected.",
                "write " + expected + " there, or end the statement before with `;`.");
    }
}
