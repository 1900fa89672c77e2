package io.pipecat.architecture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a {@code pom.xml} says, read as it stands: nothing is inherited and no property is filled in. */
final class Pom {
    private static final String OURS = "io.pipecat";

    private final Element project;

    private Pom(Element project) {
        this.project = project;
    }

    /** A dependency as it is written there. */
    record Artifact(String group, String name, String version) {}

    static Pom in(Path folder) {
        Path file = folder.resolve("pom.xml");
        try {
            return new Pom(DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("cannot read " + file, e);
        }
    }

    String artifactId() {
        return text(project, "artifactId").orElseThrow();
    }

    /** Its own, or the one it says its parent has. */
    String version() {
        return text(project, "version")
                .or(() -> children(project, "parent").findFirst().flatMap(parent -> text(parent, "version")))
                .orElseThrow();
    }

    List<String> modules() {
        return children(project, "modules")
                .flatMap(modules -> children(modules, "module"))
                .map(module -> module.getTextContent().strip())
                .toList();
    }

    Optional<String> property(String name) {
        return children(project, "properties").findFirst().flatMap(properties -> text(properties, name));
    }

    List<Artifact> managed() {
        return children(project, "dependencyManagement")
                .flatMap(management -> children(management, "dependencies"))
                .flatMap(dependencies -> children(dependencies, "dependency"))
                .map(dependency -> new Artifact(
                        text(dependency, "groupId").orElseThrow(),
                        text(dependency, "artifactId").orElseThrow(),
                        text(dependency, "version").orElseThrow()))
                .toList();
    }

    /** The names of what others made and this names itself: dependencies, plugins, what a plugin runs. What is only managed is not used. */
    List<String> direct() {
        List<String> names = new ArrayList<>();
        for (String tag : List.of("dependency", "plugin", "path")) {
            descendants(tag)
                    .filter(each -> text(each, "groupId").filter(OURS::equals).isEmpty())
                    .filter(each -> !isManagedDependency(each))
                    .forEach(each -> names.add(text(each, "artifactId").orElseThrow()));
        }
        if (descendants("palantirJavaFormat").findAny().isPresent()) {
            // Spotless knows its coordinates and wants none.
            names.add("palantir-java-format");
        }
        return names;
    }

    private Stream<Element> descendants(String name) {
        NodeList found = project.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(found::item).map(Element.class::cast);
    }

    private static boolean isManagedDependency(Element element) {
        Node around = element.getParentNode().getParentNode();
        return around instanceof Element above && above.getTagName().equals("dependencyManagement");
    }

    private static Optional<String> text(Element parent, String name) {
        return children(parent, name)
                .findFirst()
                .map(child -> child.getTextContent().strip());
    }

    private static Stream<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found.stream();
    }
}
