package io.pipecat.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The modules that the root POM names, so that a module that is added later is held to the rules without being listed here. */
final class Reactor {
    /** Shared by tests and part of no node: it may read the environment. */
    private static final Set<String> TEST_SUPPORT = Set.of("pipecat-testkit");

    private Reactor() {}

    /** All modules that ship code. One without sources has nothing that could break a rule. */
    static List<ReactorModule> modules() {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("mvnw")) ? here : here.getParent();
        return folders(root).stream()
                .filter(folder -> !TEST_SUPPORT.contains(folder.getFileName().toString()))
                .filter(folder -> !ReactorModule.files(folder.resolve("src/main/java"), ".java")
                        .isEmpty())
                .map(ReactorModule::of)
                .toList();
    }

    static List<Path> folders(Path aggregator) {
        List<Path> folders = new ArrayList<>();
        for (String name : moduleNames(aggregator.resolve("pom.xml"))) {
            Path folder = aggregator.resolve(name).normalize();
            folders.add(folder);
            folders.addAll(folders(folder));
        }
        return folders;
    }

    private static List<String> moduleNames(Path pom) {
        Element project;
        try {
            project = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("cannot read " + pom, e);
        }
        return children(project, "modules").stream()
                .flatMap(modules -> children(modules, "module").stream())
                .map(module -> module.getTextContent().strip())
                .toList();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
