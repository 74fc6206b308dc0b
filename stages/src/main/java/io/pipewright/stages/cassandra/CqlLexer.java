package io.pipewright.stages.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits CQL text into tokens, without comments ({@code --}, {@code //}, and blocks). */
final class CqlLexer {

    private final String text;
    private final List<CqlToken> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private CqlLexer(String text) {
        this.text = text;
    }

    /**
     * The tokens, ended by one of kind {@code END}.
     *
     * @throws CqlSyntaxException for a comment, string or quoted name without an end
     */
    static List<CqlToken> tokens(String text) {
        return new CqlLexer(text).run();
    }

    private List<CqlToken> run() {
        while (at < text.length()) {
            next(text.charAt(at));
        }
        tokens.add(new CqlToken(CqlToken.Kind.END, "", line));
        return tokens;
    }

    private void next(char c) {
        if (Character.isWhitespace(c) || c == '\uFEFF') {
            advance(1);
        } else if (text.startsWith("--", at) || text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        } else if (text.startsWith("/*", at)) {
            advance(closing("*/", at + 2, "comment") + 2 - at);
        } else if (text.startsWith("$$", at)) {
            int end = closing("$$", at + 2, "text");
            add(CqlToken.Kind.STRING, text.substring(at + 2, end), end + 2);
        } else if (c == '"' || c == '\'') {
            quoted(c);
        } else if (Character.isLetter(c) || c == '_') {
            int end = endOfWord();
            add(CqlToken.Kind.WORD, text.substring(at, end).toLowerCase(Locale.ROOT), end);
        } else if (Character.isDigit(c)) {
            int end = endOfWord();
            add(CqlToken.Kind.NUMBER, text.substring(at, end), end);
        } else {
            add(CqlToken.Kind.SYMBOL, String.valueOf(c), at + 1);
        }
    }

    private int endOfWord() {
        int end = at;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    /** A quoted name or a string; a doubled quote stands for one. */
    private void quoted(char quote) {
        String what = quote == '"' ? "quoted name" : "text";
        StringBuilder content = new StringBuilder();
        int i = at + 1;
        while (true) {
            int end = closing(String.valueOf(quote), i, what);
            content.append(text, i, end);
            if (end + 1 < text.length() && text.charAt(end + 1) == quote) {
                content.append(quote);
                i = end + 2;
            } else {
                CqlToken.Kind kind = quote == '"' ? CqlToken.Kind.QUOTED_NAME : CqlToken.Kind.STRING;
                add(kind, content.toString(), end + 1);
                return;
            }
        }
    }

    private int closing(String mark, int from, String what) {
        int end = text.indexOf(mark, from);
        if (end < 0) {
            throw new CqlSyntaxException(line, "this " + what + " has no end.", "close it with `" + mark + "`.");
        }
        return end;
    }

    private void add(CqlToken.Kind kind, String tokenText, int end) {
        tokens.add(new CqlToken(kind, tokenText, line));
        advance(end - at);
    }

    private void advance(int count) {
        for (int i = 0; i < count; i++, at++) {
            if (text.charAt(at) == '\n') {
                line++;
            }
        }
    }
}
