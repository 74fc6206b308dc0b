package io.pipewright.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes documents in whatever layout YAML allows: comments everywhere, each with a number of its own, all styles of
 * scalars and collections, any indentation, anchors and aliases. Now and then one is no valid YAML.
 */
final class RandomYaml {
    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final List<String> anchors = new ArrayList<>();
    private int comments;
    private int keys;

    RandomYaml(long seed) {
        random = new Random(seed);
    }

    String document() {
        if (chance(10)) {
            text.append('\uFEFF');
        }
        between(0);
        if (chance(10)) {
            text.append("---").append(chance(30) ? " " + comment() : "").append('\n');
            between(0);
        }
        if (chance(8)) {
            flow(3, 0);
            text.append('\n');
        } else {
            blockMap(0, 3);
        }
        between(0);
        if (chance(5)) {
            text.append("...\n");
            between(0);
        }
        String written = text.toString();
        if (chance(20)) {
            written = written.stripTrailing();
        }
        return chance(15) ? written.replace("\n", "\r\n") : written;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String comment() {
        String blanks = chance(20) ? "  " : "";
        return "#" + (chance(50) ? " " : "") + "note" + comments++ + pick("", ": [", " '", " - x", "#") + ";" + blanks;
    }

    private String pick(String... values) {
        return values[random.nextInt(values.length)];
    }

    private void between(int indentation) {
        while (chance(30)) {
            if (chance(50)) {
                text.append(chance(20) ? "   \n" : "\n");
            } else {
                text.append(" ".repeat(chance(60) ? indentation : random.nextInt(indentation + 5)));
                text.append(comment()).append('\n');
            }
        }
    }

    private void blockMap(int indentation, int depth) {
        int size = 1 + random.nextInt(4);
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                between(indentation);
                text.append(" ".repeat(indentation));
            } else if (indentation == 0) {
                between(0);
            }
            entry(indentation, depth);
        }
    }

    private void entry(int indentation, int depth) {
        String key = key();
        if (chance(4)) {
            text.append("? ")
                    .append(key)
                    .append(behind())
                    .append('\n')
                    .append(" ".repeat(indentation))
                    .append(":");
        } else {
            text.append(key).append(chance(3) ? " :" : ":");
        }
        value(indentation, depth, true);
    }

    private String key() {
        String name = pick("a", "stage", "x y", "on", "k") + keys++;
        return switch (random.nextInt(8)) {
            case 0 -> "\"" + name + "\"";
            case 1 -> "'" + name + " it''s'";
            default -> name;
        };
    }

    private String behind() {
        return chance(15) ? " ".repeat(1 + random.nextInt(6)) + comment() : chance(5) ? "  " : "";
    }

    /** What follows a colon or a dash, up to the end of its line. */
    private void value(int indentation, int depth, boolean ofKey) {
        boolean anchored = chance(6);
        String anchor = "n" + anchors.size() + keys++;
        int kind = random.nextInt(depth > 0 ? 12 : 7);
        if (kind == 0) {
            text.append(behind()).append('\n');
            return;
        }
        if (kind == 1 && !anchors.isEmpty()) {
            text.append(" *")
                    .append(anchors.get(random.nextInt(anchors.size())))
                    .append(behind())
                    .append('\n');
            return;
        }
        if (anchored) {
            text.append(" &").append(anchor);
        }
        if (kind <= 6) {
            scalar(indentation);
        } else if (kind <= 8) {
            text.append(" ".repeat(1 + random.nextInt(3)));
            flow(depth - 1, indentation);
            text.append(behind()).append('\n');
        } else {
            block(indentation, depth, ofKey, anchored);
        }
        if (anchored) {
            anchors.add(anchor);
        }
    }

    private void block(int indentation, int depth, boolean ofKey, boolean anchored) {
        boolean list = chance(40);
        int deeper = indentation + 1 + random.nextInt(4);
        if (!ofKey && !anchored && chance(70)) {
            text.append(" ".repeat(deeper - indentation - 1 == 0 ? 1 : deeper - indentation - 1));
            deeper = Math.max(deeper, indentation + 2);
        } else {
            text.append(behind()).append('\n');
            deeper = ofKey && list && chance(30) ? indentation : deeper;
            between(deeper);
            text.append(" ".repeat(deeper));
        }
        if (list) {
            blockList(deeper, depth - 1);
        } else {
            blockMap(deeper, depth - 1);
        }
    }

    private void blockList(int indentation, int depth) {
        int size = 1 + random.nextInt(3);
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                between(indentation);
                text.append(" ".repeat(indentation));
            }
            text.append('-');
            value(indentation, depth, false);
        }
    }

    private void scalar(int indentation) {
        String deeper = "\n" + " ".repeat(indentation + 1 + random.nextInt(4));
        String written =
                switch (random.nextInt(12)) {
                    case 0 -> " 'single ''quoted'''";
                    case 1 -> " \"double \\\"quoted\\\" \\t\"";
                    case 2 -> " 'two" + deeper + "  lines  \n\n" + deeper.substring(1) + "and more'";
                    case 3 -> " \"two \\" + deeper + "\\  lines\\ " + deeper + " # not a comment\"";
                    case 4 -> " plain  text" + deeper + "goes on" + deeper + "and on";
                    case 5 -> chance(50) ? " 12" : " true";
                    case 6 -> " \"simple\"";
                    case 7 -> " " + "long ".repeat(1 + random.nextInt(30)) + "text";
                    case 8, 9 -> blockScalar(indentation);
                    default -> " " + pick("text", "a.b", "x#y", "http://host:1/p", "null", "~", "${env:X}", "'yes'");
                };
        text.append(written);
        text.append(written.endsWith("\n") ? "" : behind() + "\n");
    }

    private String blockScalar(int indentation) {
        boolean indicator = chance(30);
        int more = 1 + random.nextInt(4);
        String margin = " ".repeat(indentation + more);
        StringBuilder written = new StringBuilder(" " + pick("|", ">"));
        written.append(indicator ? more : "").append(pick("", "-", "+"));
        written.append(chance(20) ? " " + comment() : "").append('\n');
        written.append(chance(10) ? "\n" : "");
        written.append(margin).append(indicator ? "  indented" : "first").append('\n');
        while (chance(60)) {
            written.append(pick("\n", margin + "# no comment\n", margin + "   more  \n", margin + "line\n", "  \n"));
        }
        return written.toString();
    }

    private void flow(int depth, int indentation) {
        boolean map = chance(60);
        text.append(map ? '{' : '[');
        gap(indentation);
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            if (map) {
                text.append(key()).append(chance(10) ? "" : ": ");
                if (text.charAt(text.length() - 1) == ' ') {
                    flowValue(depth, indentation);
                }
            } else if (chance(10)) {
                text.append("pair").append(keys++).append(": 1");
            } else {
                flowValue(depth, indentation);
            }
            gap(indentation);
            text.append(i < size - 1 || chance(10) ? "," : "");
            gap(indentation);
        }
        text.append(map ? '}' : ']');
    }

    private void gap(int indentation) {
        if (chance(8)) {
            text.append(behind()).append('\n');
            between(indentation + 1);
            text.append(" ".repeat(indentation + 1 + random.nextInt(3)));
        } else {
            text.append(" ".repeat(random.nextInt(3) / 2));
        }
    }

    private void flowValue(int depth, int indentation) {
        if (depth > 0 && chance(30)) {
            flow(depth - 1, indentation);
        } else if (chance(5)) {
            String anchor = "f" + keys++;
            text.append('&').append(anchor).append(" v");
            anchors.add(anchor);
        } else if (chance(5) && !anchors.isEmpty()) {
            text.append('*').append(anchors.get(random.nextInt(anchors.size()))).append(' ');
        } else {
            text.append(pick(
                    "1",
                    "text",
                    "'a, b'",
                    "\"x # y\"",
                    "two words",
                    "'two\n" + " ".repeat(indentation + 2) + "lines'",
                    "\"timestamp?\"",
                    "a long text that goes on and on, it seems".replace(",", "")));
        }
    }
}
