package io.pipewright.expression.tree;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.RegexSize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions over texts that RE2 matches, which takes time in proportion to the text. */
final class Regexes {

    private static final String GROUPS = "make groups that are not wanted `(?:…)`.";

    private Regexes() {}

    static Builtin.One find(String regex) {
        Pattern pattern = pattern(regex);
        return text -> pattern.matcher((String) text).find();
    }

    /** What the one group of the first match holds, or the whole match if there is no group; null if there is none. */
    static Builtin.One extract(String regex) {
        Pattern pattern = withOneGroup(regex);
        return text -> {
            Matcher matcher = pattern.matcher((String) text);
            return matcher.find() ? taken(matcher) : null;
        };
    }

    /** The same of all matches; a group that took no part in a match is left out. */
    static Builtin.One extractAll(String regex) {
        Pattern pattern = withOneGroup(regex);
        return text -> {
            List<Object> all = new ArrayList<>();
            Matcher matcher = pattern.matcher((String) text);
            while (matcher.find()) {
                String taken = taken(matcher);
                if (taken != null) {
                    all.add(taken);
                }
            }
            return Collections.unmodifiableList(all);
        };
    }

    private static @Nullable String taken(Matcher matcher) {
        return matcher.group(matcher.groupCount());
    }

    /** @param replacement of every match; {@code \1} to {@code \9} are its groups, {@code \0} is all of it */
    static Builtin.One replace(String regex, String replacement) {
        Pattern pattern = pattern(regex);
        List<Object> parts = parts(replacement, pattern.groupCount());
        return text -> {
            StringBuilder replaced = new StringBuilder();
            Matcher matcher = pattern.matcher((String) text);
            int from = 0;
            while (matcher.find()) {
                replaced.append((String) text, from, matcher.start());
                for (Object part : parts) {
                    Object written = part instanceof Integer group ? matcher.group(group) : part;
                    replaced.append(written == null ? "" : written);
                }
                from = matcher.end();
            }
            return replaced.append((String) text, from, ((String) text).length())
                    .toString();
        };
    }

    /** The texts of a replacement and, as integers, its groups. */
    private static List<Object> parts(String replacement, int groups) {
        List<Object> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < replacement.length(); i++) {
            char sign = replacement.charAt(i);
            if (sign != '\\') {
                text.append(sign);
                continue;
            }
            char next = ++i < replacement.length() ? replacement.charAt(i) : ' ';
            if (next == '\\') {
                text.append(next);
            } else if (next >= '0' && next <= '9' && next - '0' <= groups) {
                parts.add(text.toString());
                text.setLength(0);
                parts.add(next - '0');
            } else {
                throw new EvaluationException(
                        "bad-literal",
                        "`\\" + next + "` names no group of the regular expression; it has " + groups
                                + (groups == 1 ? " group" : " groups") + ", and a backslash is written twice.");
            }
        }
        parts.add(text.toString());
        return parts;
    }

    static void checkReplacement(String replacement) {
        parts(replacement, 9);
    }

    static Pattern withOneGroup(String regex) {
        Pattern pattern = pattern(regex);
        if (pattern.groupCount() > 1) {
            throw new EvaluationException(
                    "bad-literal",
                    "`" + regex + "` has " + pattern.groupCount() + " groups, of which one could be taken; " + GROUPS);
        }
        return pattern;
    }

    static Pattern pattern(String regex) {
        if (!RegexSize.fits(regex)) {
            throw new EvaluationException(
                    "bad-literal",
                    "The regular expression is too large or too deep; write fewer or smaller repetitions.");
        }
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new EvaluationException("bad-literal", "`" + regex + "` is not a regular expression.");
        }
    }
}
