package io.pipewright.expression;

import dev.cel.common.ast.CelExpr;
import java.util.Map;
import java.util.Set;

/** Where in the text the parts of an expression stand; offsets are Java's, the parser's count code points. */
final class Spans {

    /** From {@code start} to {@code end}, exclusive. */
    record Span(int start, int end) {}

    private static final Set<String> PAIRS = Set.of("&&", "||", "==", "!=", "<=", ">=", "<>", "=>");

    private final String text;
    private final Map<Long, Integer> positions;

    Spans(String text, Map<Long, Integer> positions) {
        this.text = text;
        this.positions = positions;
    }

    /** The offset of a line, from 1, and a column, from 0. */
    int offset(int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            int next = text.indexOf('\n', start);
            if (next < 0) {
                return text.length();
            }
            start = next + 1;
        }
        return move(start, Math.max(0, column));
    }

    private int move(int start, int codePoints) {
        int rest = text.codePointCount(start, text.length());
        return codePoints >= rest ? text.length() : text.offsetByCodePoints(start, codePoints);
    }

    private int position(CelExpr expression) {
        return move(0, positions.getOrDefault(expression.id(), 0));
    }

    /** The expression from its first to its last character. */
    Span of(CelExpr expression) {
        return new Span(start(expression), Math.max(end(expression), start(expression)));
    }

    String text(CelExpr expression) {
        Span span = of(expression);
        return text.substring(span.start(), span.end());
    }

    /** The part that names what the expression does: an operator, a function's or field's name. */
    Span name(CelExpr expression) {
        int at = position(expression);
        return switch (expression.getKind()) {
            case SELECT -> selected(expression, at);
            case CALL -> called(expression, at);
            case COMPREHENSION -> nameBefore(at);
            default -> token(at);
        };
    }

    private Span selected(CelExpr expression, int at) {
        if (expression.select().testOnly()) {
            Span operand = of(expression.select().operand());
            int dot = text.indexOf('.', operand.end());
            return dot < 0 ? operand : token(skipSpace(dot + 1));
        }
        return token(skipSpace(at + 1));
    }

    private Span called(CelExpr expression, int at) {
        String function = expression.call().function();
        if (function.equals(Functions.HAS) || !isOperator(function)) {
            return qualified(expression, nameBefore(at));
        }
        return function.equals("_[_]") ? new Span(at, closing(at)) : token(at);
    }

    /** The name of a function with what stands before it, such as {@code math.abs}. */
    private Span qualified(CelExpr call, Span name) {
        String qualifier = Functions.qualifier(call);
        int start = name.start() - qualifier.length();
        return start >= 0 && text.startsWith(qualifier, start) ? new Span(start, name.end()) : name;
    }

    private static boolean isOperator(String function) {
        return function.contains("_") && !Character.isLetter(function.charAt(0)) || function.equals("@in");
    }

    private int start(CelExpr expression) {
        int at = position(expression);
        return switch (expression.getKind()) {
            case SELECT -> expression.select().testOnly()
                    ? nameBefore(at).start()
                    : start(expression.select().operand());
            case COMPREHENSION -> start(expression.comprehension().iterRange());
            case STRUCT -> nameBefore(at).start();
            case CALL -> startOfCall(expression, at);
            default -> at;
        };
    }

    private int startOfCall(CelExpr expression, int at) {
        if (expression.call().target().isPresent()) {
            return start(expression.call().target().get());
        }
        String function = expression.call().function();
        if (!isOperator(function) || function.equals(Functions.HAS)) {
            return qualified(expression, nameBefore(at)).start();
        }
        boolean prefix = expression.call().args().size() == 1;
        return prefix ? at : start(expression.call().args().get(0));
    }

    private int end(CelExpr expression) {
        int at = position(expression);
        return switch (expression.getKind()) {
            case SELECT -> expression.select().testOnly()
                    ? closing(at)
                    : name(expression).end();
            case CALL -> endOfCall(expression, at);
            case COMPREHENSION, LIST, MAP -> closing(at);
            case STRUCT -> closing(text.indexOf('{', at));
            default -> token(at).end();
        };
    }

    private int endOfCall(CelExpr expression, int at) {
        String function = expression.call().function();
        boolean closed = !isOperator(function) || function.equals("_[_]") || function.equals(Functions.HAS);
        if (closed) {
            return closing(at);
        }
        return end(expression.call().args().get(expression.call().args().size() - 1));
    }

    /** The token at an offset; of the bracket that opens a call's arguments, the call. */
    Span called(Span token) {
        int at = token.start();
        boolean call = at > 0 && at < text.length() && text.charAt(at) == '(';
        return call ? new Span(nameBefore(at).start(), closing(at)) : token;
    }

    /** The token that begins at an offset: a name, a number, a text or an operator. */
    Span token(int at) {
        if (at >= text.length()) {
            return new Span(text.length(), text.length());
        }
        char first = text.charAt(at);
        int end = at + 1;
        if (isNamePart(first)) {
            int quote = end;
            while (quote < text.length() && isNamePart(text.charAt(quote))) {
                quote++;
            }
            end = quote;
            boolean prefixed = quote - at <= 2 && quote < text.length() && isQuote(text.charAt(quote));
            if (prefixed) {
                end = endOfText(quote);
            } else if (Character.isDigit(first)) {
                end = endOfNumber(quote);
            }
        } else if (isQuote(first)) {
            end = endOfText(at);
        } else if ((first == '-' || first == '.') && end < text.length() && Character.isDigit(text.charAt(end))) {
            end = endOfNumber(end);
        } else if (end < text.length() && PAIRS.contains(text.substring(at, end + 1))) {
            end++;
        }
        return new Span(at, end);
    }

    private int endOfNumber(int at) {
        int end = at;
        while (end < text.length() && (isNamePart(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return end;
    }

    /** The offset behind the text that begins with the quote at {@code at}. */
    int endOfText(int at) {
        char quote = text.charAt(at);
        boolean raw = at > 0 && Character.toLowerCase(text.charAt(at - 1)) == 'r';
        String triple = String.valueOf(quote).repeat(3);
        String closing = text.startsWith(triple, at) ? triple : String.valueOf(quote);
        int i = at + closing.length();
        while (i < text.length()) {
            if (text.startsWith(closing, i)) {
                return i + closing.length();
            }
            i += text.charAt(i) == '\\' && !raw ? 2 : 1;
        }
        return text.length();
    }

    private Span nameBefore(int at) {
        int end = Math.min(at, text.length());
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && isNamePart(text.charAt(start - 1))) {
            start--;
        }
        return start == end ? token(at) : new Span(start, end);
    }

    private int skipSpace(int at) {
        int i = at;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The offset behind the bracket that closes the one at {@code at}. */
    private int closing(int at) {
        int depth = 0;
        int i = Math.max(0, at);
        while (i < text.length()) {
            char c = text.charAt(i);
            if (isQuote(c)) {
                i = endOfText(i);
                continue;
            }
            depth += c == '(' || c == '[' || c == '{' ? 1 : 0;
            depth -= c == ')' || c == ']' || c == '}' ? 1 : 0;
            i++;
            if (depth <= 0) {
                return i;
            }
        }
        return text.length();
    }

    static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
