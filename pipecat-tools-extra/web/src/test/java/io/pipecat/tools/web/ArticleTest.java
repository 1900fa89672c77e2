package io.pipecat.tools.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArticleTest {

    private static Article read(String html) throws InterruptedException {
        return Article.of(html, "https://example.org/dir/page");
    }

    @Test
    void writesHeadingsParagraphsListsAndLinks() throws Exception {
        Article article = read("""
                <html><head><title> The  manual </title><style>p{}</style></head><body>
                <h1>Setup</h1><p>Read   the
                <a href="../faq#x">questions</a>,&nbsp;then <a href=next>go&shy; on</a>.</p>
                <ul><li>One<li><p>Two</p><ol start=3><li>deep<li>deeper</ol></ul>
                <p>Again <a href="/faq#x">the questions</a> and <a href="#top">up</a> <a href="javascript:x()">run</a></p>
                <blockquote>Said</blockquote>a<br>b
                </body></html>""");
        assertEquals("The manual", article.title());
        assertEquals("""
                # Setup

                Read the questions [L1], then go on [L2].

                - One
                - Two
                  3. deep
                  4. deeper

                Again the questions [L1] and up run

                > Said

                a
                b""", article.text());
        assertEquals(List.of("https://example.org/faq#x", "https://example.org/dir/next"), article.links());
    }

    @Test
    void writesTablesAndCode() throws Exception {
        Article article = read("""
                <table><tr><th>Name<th>Size</tr><tr><td>a<td>1</tr></table><pre>if x:
                    y()
                </pre>after""");
        assertEquals("Name | Size\na | 1\n\n```\nif x:\n    y()\n```\n\nafter", article.text());
    }

    @Test
    void leavesOutWhatIsNotText() throws Exception {
        Article article = read("""
                <script>alert(1)</script><noscript>enable it</noscript><p>seen</p><p hidden>no</p>
                <p style="display: none">no</p><p aria-hidden=true>no</p><template>no</template>
                <select><option>no</select><button>no</button><svg><text>no</text></svg>
                <img src=x alt="a cat"><img src=y alt="">""");
        assertEquals("seen\n\n[picture: a cat]", article.text());
    }

    @Test
    void dropsBoilerplate() throws Exception {
        String text = "<p>" + "What matters. ".repeat(30) + "</p>";
        Article article = read("<header><h1>Site</h1></header><nav>Menu</nav><article><header><h1>Title</h1></header>"
                + text + "<aside>Buy</aside></article><div role=complementary>More</div><footer>Imprint</footer>");
        assertEquals("# Title\n\n" + "What matters. ".repeat(30).strip(), article.text());
        Article without = read("<header>Site</header><nav>Menu</nav>" + text + "<footer>Imprint</footer>");
        assertEquals("What matters. ".repeat(30).strip(), without.text());
    }

    @Test
    void takesTheWholeOfAPageOfManySmallArticles() throws Exception {
        StringBuilder page = new StringBuilder("<body>");
        for (int i = 0; i < 10; i++) {
            page.append("<article><p>News ")
                    .append(i)
                    .append(": ")
                    .append("word ".repeat(50))
                    .append("</article>");
        }
        String text = read(page.toString()).text();
        assertTrue(text.contains("News 0") && text.contains("News 9"), text);
    }

    @Test
    void keepsThePageRatherThanNothing() throws Exception {
        String text = read("<nav>" + "All of it is in the menu. ".repeat(40) + "</nav><p>x</p>")
                .text();
        assertTrue(text.contains("in the menu") && text.endsWith("x"), text);
    }

    @Test
    void emptyItemsLeaveNoMarks() throws Exception {
        assertEquals("- a\n- b", read("<ul><li><li>a<li> <li>b<li></ul>").text());
        assertEquals("", read("<h1></h1>").text());
    }

    @Test
    void survivesDeepNestingAndStrayTags() throws Exception {
        String deep = "<div>".repeat(50_000) + "deep" + "</li></ul></a></td>";
        assertTrue(read(deep).text().contains("deep"));
        String lists = "<ul><li>".repeat(20_000) + "x";
        assertTrue(read(lists).text().endsWith("x"));
        assertTrue(read("<a href=/x>".repeat(20_000) + "y").text().startsWith("y"));
        assertTrue(read("<article>".repeat(5_000) + "<p>" + "z ".repeat(50_000))
                .text()
                .contains("z z"));
    }

    @Test
    void interruptionEndsTheReading() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> read("<p>" + "x".repeat(10_000)));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void dropsInvisibleCharacters() throws Exception {
        String text = read("<p>pass\u200Bword\u0007 \u202Eevil\uFEFF</p>").text();
        assertEquals("password evil", text);
        assertFalse(read("<pre>a\u001B[31mb</pre>").text().contains("\u001B"));
    }
}
