package io.pipecat.system.failover;

import io.pipecat.testkit.RequiredPart;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client and servers, each in a network namespace of its own, with a cable from the client to each server: {@code 10.77.N.1} to {@code 10.77.N.2}. Nothing of it is seen
 * outside, and closing takes it away.
 */
final class Hosts implements AutoCloseable {
    static final String CLIENT = "c";
    private static final long DEADLINE_SECONDS = 20;

    private final String prefix = "pf" + ProcessHandle.current().pid() % 1_000_000;
    private final Deque<String> made = new ArrayDeque<>();

    Hosts(int servers) throws Exception {
        boolean complete = false;
        try {
            add(CLIENT);
            for (int n = 1; n <= servers; n++) {
                String server = String.valueOf(n);
                add(server);
                ip("link add " + cable(n) + " netns " + name(CLIENT) + " type veth peer name eth netns "
                        + name(server));
                in(CLIENT, "ip addr add 10.77." + n + ".1/30 dev " + cable(n));
                in(CLIENT, "ip link set " + cable(n) + " up");
                in(server, "ip addr add " + address(n) + "/30 dev eth");
                in(server, "ip link set eth up");
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    /** What a test of this kind needs. */
    static void orSkip() {
        RequiredPart.of("ip", "Debian package iproute2").orSkip();
        RequiredPart.that("the right to make network namespaces", "run the tests as root", Hosts::mayMake)
                .orSkip();
    }

    private static boolean mayMake() {
        try {
            Process process = new ProcessBuilder("ip", "netns", "exec", "none-of-this-name", "true").start();
            String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            // A user without the right is told so before the name is looked at.
            return error.contains("No such file") && "root".equals(System.getProperty("user.name"));
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String name(String host) {
        return prefix + host;
    }

    private static String cable(int server) {
        return "cable" + server;
    }

    static String address(int server) {
        return "10.77." + server + ".2";
    }

    private void add(String host) throws Exception {
        ip("netns add " + name(host));
        made.push(name(host));
        in(host, "ip link set lo up");
    }

    /** Pulls the plug at the server's end: what the client sends goes nowhere, and nobody tells it. */
    void cut(int server) throws Exception {
        in(String.valueOf(server), "ip link set eth down");
    }

    void slow(int server, String rate) throws Exception {
        for (String end : List.of(CLIENT, String.valueOf(server))) {
            in(
                    end,
                    "tc qdisc replace dev " + (end.equals(CLIENT) ? cable(server) : "eth") + " root tbf rate " + rate
                            + " burst 1600 latency 5s");
        }
    }

    /** Puts the plug back, and takes the brake off. */
    void mend(int server) throws Exception {
        in(String.valueOf(server), "ip link set eth up");
        in(CLIENT, "tc qdisc replace dev " + cable(server) + " root pfifo limit 1000");
        in(String.valueOf(server), "tc qdisc replace dev eth root pfifo limit 1000");
    }

    private void in(String host, String command) throws IOException, InterruptedException {
        ip("netns exec " + name(host) + " " + command);
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(Arrays.asList(arguments.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("ip " + arguments + ": " + output);
        }
    }

    /** Starts a program and waits until it says "ready". */
    Program start(String host, Class<?> main, List<Path> classPath, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                name(host),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                String.join(":", classPath.stream().map(Path::toString).toList()),
                main.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Program program = new Program(process, process.inputReader(StandardCharsets.UTF_8));
        try {
            program.await("ready");
        } catch (IOException e) {
            program.close();
            throw e;
        }
        return program;
    }

    /** A program that runs. {@code ip netns exec} becomes the program, so that signals reach it. */
    record Program(Process process, BufferedReader out) implements AutoCloseable {
        void await(String line) throws IOException {
            String said;
            do {
                said = readLine();
            } while (!said.equals(line));
        }

        String readLine() throws IOException {
            String line = out.readLine();
            if (line == null) {
                throw new IOException("the program has ended");
            }
            return line;
        }

        /** Sends it a line and returns its answer. */
        String ask(String line) throws IOException {
            process.outputWriter(StandardCharsets.UTF_8).write(line + "\n");
            process.outputWriter(StandardCharsets.UTF_8).flush();
            return readLine();
        }

        void signal(String name) throws Exception {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IOException("kill -" + name + " failed");
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            while (!made.isEmpty()) {
                ip("netns del " + made.pop());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted; namespaces that are left: " + made, e);
        }
    }
}
