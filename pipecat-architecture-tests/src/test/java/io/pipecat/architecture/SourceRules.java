package io.pipecat.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What sources must look like. Each rule gives the sentences of those who break it. */
final class SourceRules {
    static final int LONGEST_FILE = 450;

    private SourceRules() {}

    static List<String> length(List<ReactorModule> modules) {
        List<String> broken = new ArrayList<>();
        for (ReactorModule module : modules) {
            for (Path file : module.sourceFiles()) {
                int lines = lines(file);
                if (lines > LONGEST_FILE) {
                    broken.add(
                            file + " has " + lines + " lines: over " + LONGEST_FILE + ", it does more than one thing");
                }
            }
        }
        return broken;
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> comments(List<ReactorModule> modules) {
        List<String> broken = new ArrayList<>();
        for (ReactorModule module : modules) {
            checkComments(module, broken);
        }
        return broken;
    }

    private static void checkComments(ReactorModule module, List<String> broken) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            // Parsing alone: what does not compile has failed before this test runs.
            var task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    diagnostic -> {},
                    List.of("-proc:none"),
                    null,
                    files.getJavaFileObjectsFromPaths(module.sourceFiles()));
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new CommentScanner(module, trees, broken).scan(unit, null);
            }
            module.descriptor().exports().stream()
                    .map(export -> export.source())
                    .filter(name -> !Files.exists(
                            module.sources().resolve(name.replace('.', '/')).resolve("package-info.java")))
                    .forEach(name -> broken.add("package " + name + " is exported and has no package-info.java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class CommentScanner extends TreePathScanner<Void, Void> {
        private final ReactorModule module;
        private final Trees trees;
        private final List<String> broken;

        CommentScanner(ReactorModule module, Trees trees, List<String> broken) {
            this.module = module;
            this.trees = trees;
            this.broken = broken;
        }

        @Override
        public Void visitModule(ModuleTree tree, Void unused) {
            check("module " + tree.getName());
            return null;
        }

        @Override
        public Void visitPackage(PackageTree tree, Void unused) {
            String file = getCurrentPath().getCompilationUnit().getSourceFile().getName();
            if (file.endsWith("package-info.java") && module.exports(packageName())) {
                check("package " + packageName());
            }
            return null;
        }

        @Override
        public Void visitClass(ClassTree tree, Void unused) {
            if (!module.exports(packageName()) || !isPublic(tree)) {
                return null;
            }
            check(packageName() + "." + tree.getSimpleName());
            for (Tree member : tree.getMembers()) {
                if (member instanceof ClassTree) {
                    scan(member, null);
                }
            }
            return null;
        }

        private boolean isPublic(ClassTree tree) {
            Set<Modifier> modifiers = tree.getModifiers().getFlags();
            TreePath parent = getCurrentPath().getParentPath();
            boolean inInterface = parent.getLeaf().getKind() == Tree.Kind.INTERFACE
                    || parent.getLeaf().getKind() == Tree.Kind.ANNOTATION_TYPE;
            return inInterface || modifiers.contains(Modifier.PUBLIC) || modifiers.contains(Modifier.PROTECTED);
        }

        private String packageName() {
            PackageTree declaration = getCurrentPath().getCompilationUnit().getPackage();
            return declaration == null ? "" : declaration.getPackageName().toString();
        }

        private void check(String what) {
            String comment = trees.getDocComment(getCurrentPath());
            if (comment == null || comment.isBlank()) {
                broken.add(what + " is for users and has no Javadoc comment");
            }
        }
    }
}
