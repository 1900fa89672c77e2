package io.pipecat.tools.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** Writes the elements of a page as text. It walks instead of recurring: pages can be nested deeper than a small node's stack is. */
final class ArticleWriter implements NodeFilter {
    private static final Set<String> NEVER = Set.of(
            "head",
            "script",
            "style",
            "noscript",
            "template",
            "svg",
            "math",
            "canvas",
            "iframe",
            "object",
            "embed",
            "audio",
            "video",
            "button",
            "input",
            "select",
            "textarea",
            "dialog",
            "map");
    private static final Set<String> BOILERPLATE = Set.of("nav", "footer", "aside");
    private static final Set<String> BOILERPLATE_ROLES =
            Set.of("navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog");
    private static final Set<String> PARAGRAPHS = Set.of(
            "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "figure", "dl", "hr", "section", "article");
    private static final Pattern HIDDEN = Pattern.compile("(?i)(display\\s*:\\s*none|visibility\\s*:\\s*hidden)");

    private final boolean withoutBoilerplate;
    private final TextWriter out = new TextWriter();
    private final Map<String, Integer> links = new LinkedHashMap<>();
    /** How long the text was where each open link began. */
    private final Deque<Integer> linkStarts = new ArrayDeque<>();
    /** The number that each open list has reached; negative if it has none. */
    private final Deque<Integer> lists = new ArrayDeque<>();

    private ArticleWriter(boolean withoutBoilerplate) {
        this.withoutBoilerplate = withoutBoilerplate;
    }

    static ArticleWriter write(Element root, boolean withoutBoilerplate) {
        ArticleWriter writer = new ArticleWriter(withoutBoilerplate);
        root.filter(writer);
        return writer;
    }

    String text() {
        return out.toString();
    }

    List<String> links() {
        return List.copyOf(links.keySet());
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode text) {
            out.text(text.getWholeText());
        } else if (node instanceof Element element) {
            return begin(element);
        }
        return FilterResult.CONTINUE;
    }

    private FilterResult begin(Element element) {
        String name = element.normalName();
        if (NEVER.contains(name) || isHidden(element) || (withoutBoilerplate && isBoilerplate(element, name))) {
            return FilterResult.SKIP_ENTIRELY;
        }
        separate(element, name);
        switch (name) {
            case "h1", "h2", "h3", "h4", "h5", "h6" -> out.mark("#".repeat(name.charAt(1) - '0') + " ");
            case "ul" -> lists.push(-1);
            case "ol" -> lists.push(start(element));
            case "li" -> out.mark(item());
            case "blockquote" -> out.mark("> ");
            case "td", "th" -> {
                if (element.previousElementSibling() != null) {
                    out.attach(" | ");
                }
            }
            case "a" -> linkStarts.push(out.length());
            case "img" -> picture(element);
            case "pre" -> {
                out.lines("```\n" + element.wholeText().strip() + "\n```");
                return FilterResult.SKIP_ENTIRELY;
            }
            default -> {}
        }
        return FilterResult.CONTINUE;
    }

    private static boolean isHidden(Element element) {
        return element.hasAttr("hidden")
                || element.attr("aria-hidden").equals("true")
                || HIDDEN.matcher(element.attr("style")).find();
    }

    private static boolean isBoilerplate(Element element, String name) {
        if (name.equals("header")) {
            // That of the page, not that of an article.
            Element parent = element.parent();
            return parent != null && parent.normalName().equals("body");
        }
        return BOILERPLATE.contains(name)
                || BOILERPLATE_ROLES.contains(element.attr("role").toLowerCase(Locale.ROOT));
    }

    private void separate(Element element, String name) {
        boolean isList = name.equals("ul") || name.equals("ol");
        boolean isApart = PARAGRAPHS.contains(name) || isList;
        if (isApart && lists.isEmpty()) {
            out.paragraph();
        } else if (name.equals("br") || isApart || (element.isBlock() && !name.equals("td") && !name.equals("th"))) {
            out.line();
        }
    }

    private static int start(Element list) {
        String start = list.attr("start");
        return start.matches("[0-9]{1,6}") ? Integer.parseInt(start) : 1;
    }

    private String item() {
        int number = lists.isEmpty() ? -1 : lists.pop();
        String indent = "  ".repeat(Math.min(lists.size(), 8));
        lists.push(number < 0 ? number : number + 1);
        return indent + (number < 0 ? "- " : number + ". ");
    }

    private void picture(Element element) {
        String alternative = element.attr("alt").strip();
        if (!alternative.isEmpty()) {
            out.text("[picture: " + alternative + "]");
        }
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element) {
            String name = element.normalName();
            switch (name) {
                case "ul", "ol" -> lists.pop();
                case "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6" -> out.unmark();
                case "a" -> endLink(element);
                default -> {}
            }
            separate(element, name);
        }
        return FilterResult.CONTINUE;
    }

    private void endLink(Element element) {
        boolean hasText = out.length() > linkStarts.pop();
        String target = element.attr("href").startsWith("#") ? "" : element.absUrl("href");
        if (hasText && (target.startsWith("http://") || target.startsWith("https://"))) {
            int number = links.computeIfAbsent(target, t -> links.size() + 1);
            out.attach(" [L" + number + "]");
        }
    }
}
