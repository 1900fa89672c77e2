package io.pipecat.tools.web;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * A page as text.
 *
 * @param title its title; may be empty
 * @param text headings after {@code #}, list items after {@code -} or a number, cells of tables between {@code |}; links are followed by
 *     their name: {@code the manual [L3]}
 * @param links where they lead: the first is L1
 */
record Article(String title, String text, List<String> links) {
    private static final int TITLE_SHOWN = 300;
    private static final int LEAST = 200;
    private static final int MOST_CANDIDATES = 20;
    private static final int SHARE = 4;
    /** What is nested deeper becomes flat: no page of people's is, and looking through the open elements takes its time. */
    private static final int DEEPEST = 200;

    Article {
        links = List.copyOf(links);
    }

    static Article of(String html, String url) throws InterruptedException {
        Document page = parse(html, url);
        Element body = page.body();
        ArticleWriter main = ArticleWriter.write(mainPart(body).orElse(body), true);
        if (main.text().length() < LEAST) {
            // Better a menu too much than a page without its text.
            ArticleWriter whole = ArticleWriter.write(body, false);
            if (whole.text().length() > SHARE * main.text().length()) {
                main = whole;
            }
        }
        String title = page.title();
        return new Article(
                title.length() <= TITLE_SHOWN ? title : title.substring(0, TITLE_SHOWN) + "…",
                main.text(),
                main.links());
    }

    /** A page made to be slow takes seconds, which an interruption ends. */
    private static Document parse(String html, String url) throws InterruptedException {
        Parser parser = Parser.htmlParser().setMaxDepth(DEEPEST);
        Reader reader = new StringReader(html) {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException();
                }
                return super.read(buffer, offset, length);
            }
        };
        try {
            return parser.parseInput(reader, url);
        } catch (UncheckedIOException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException().initCause(e);
            }
            throw e;
        }
    }

    /** The part that the page itself calls its main one, unless most of the text is elsewhere. */
    private static Optional<Element> mainPart(Element body) {
        int all = body.text().length();
        return body.select("main, [role=main], article").stream()
                .limit(MOST_CANDIDATES)
                .max(Comparator.comparingInt(part -> part.text().length()))
                .filter(part -> {
                    int length = part.text().length();
                    return length >= LEAST && length >= all / SHARE;
                });
    }
}
