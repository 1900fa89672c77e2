package io.pipecat.documentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of Markdown, as far as the tests read it.
 *
 * @param file where it is
 * @param name its path within the checkout
 * @param blocks its fenced blocks
 * @param links where it leads to
 * @param anchors the names of its headings, as GitHub makes them
 */
record Document(Path file, String name, List<Block> blocks, List<Link> links, Set<String> anchors) {
    private static final Pattern FENCE = Pattern.compile("^( *)(`{3,})([\\w-]*)\\s*$");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*?)\\s*$");
    private static final Pattern MARK = Pattern.compile("^ *<!-- (.*?) -->\\s*$");
    private static final Pattern LINK = Pattern.compile("!?\\[[^]]*]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");

    /**
     * A fenced block.
     *
     * @param document the name of its document
     * @param line the line of its fence, from 1
     * @param language the word after the fence; empty if there is none
     * @param mark what the comment above the fence says; empty if there is none
     * @param text what stands between the fences
     */
    record Block(String document, int line, String language, String mark, String text) {
        @Override
        public String toString() {
            return document + ":" + line + " (" + text.lines().findFirst().orElse("empty") + ")";
        }
    }

    /**
     * A link.
     *
     * @param line its line, from 1
     * @param target what stands in the parentheses
     */
    record Link(int line, String target) {}

    static Document of(Path root, Path file) {
        Reader reader = new Reader(root.relativize(file).toString());
        Checkout.read(file).lines().forEach(reader::line);
        return new Document(file, reader.name, reader.blocks, reader.links, reader.anchors);
    }

    private static final class Reader {
        private final String name;
        private final List<Block> blocks = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();
        private final Set<String> anchors = new LinkedHashSet<>();
        private final Map<String, Integer> seen = new HashMap<>();
        private final StringBuilder text = new StringBuilder();
        private int number;
        private String before = "";
        private String fence = "";
        private String indent = "";
        private String language = "";
        private String mark = "";
        private int begun;

        Reader(String name) {
            this.name = name;
        }

        void line(String line) {
            number++;
            Matcher edge = FENCE.matcher(line);
            if (!fence.isEmpty()) {
                inside(line, edge);
            } else if (edge.matches()) {
                indent = edge.group(1);
                fence = edge.group(2);
                language = edge.group(3);
                Matcher comment = MARK.matcher(before);
                mark = comment.matches() ? comment.group(1) : "";
                begun = number;
            } else {
                outside(line);
            }
            before = line;
        }

        private void inside(String line, Matcher edge) {
            if (edge.matches() && edge.group(2).equals(fence) && edge.group(3).isEmpty()) {
                blocks.add(new Block(name, begun, language, mark, text.toString()));
                text.setLength(0);
                fence = "";
            } else {
                text.append(line.startsWith(indent) ? line.substring(indent.length()) : line)
                        .append('\n');
            }
        }

        private void outside(String line) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String slug = slug(heading.group(1));
                int times = seen.merge(slug, 1, Integer::sum);
                anchors.add(times == 1 ? slug : slug + "-" + (times - 1));
            }
            Matcher link = LINK.matcher(CODE.matcher(line).replaceAll("code"));
            while (link.find()) {
                links.add(new Link(number, link.group(1)));
            }
        }
    }

    private static String slug(String heading) {
        String words = heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").toLowerCase(Locale.ROOT);
        return words.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
    }
}
