package io.pipecat.system.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonNumber;
import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.system.failover.Hosts.Program;
import io.pipecat.testkit.RequiredPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that leans on two servers and has a model of its own, while cables are pulled, slowed, and servers stopped and killed. */
class FailoverTest {
    private static final int SEED = 20261124;
    private static final int TURNS = 200;
    private static final int SERVERS = 2;
    private static final String PORT = "8080";

    /** What can happen to a server; it lasts for a few turns. */
    private enum Fault {
        CUT,
        SLOW,
        STOPPED,
        KILLED
    }

    private static final List<Fault> SHORT = List.of(Fault.CUT, Fault.SLOW, Fault.STOPPED);

    @TempDir
    private Path folder;

    private List<Path> classPath = List.of();

    private void collectClassPath() throws Exception {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("pipecat"))) {
            root = root.getParent();
        }
        Path lib = root.resolve("pipecat-dist/target/lib");
        RequiredPart.that("the jars of pipecat-dist", "run ./mvnw verify", () -> Files.isDirectory(lib))
                .orSkip();
        classPath = new ArrayList<>();
        classPath.add(Path.of(FailoverTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()));
        try (Stream<Path> jars = Files.list(lib)) {
            // Two kinds of discovery at once would be refused.
            jars.filter(jar -> !jar.getFileName().toString().startsWith("pipecat-discovery"))
                    .forEach(classPath::add);
        }
    }

    private Program server(Hosts hosts, int number) throws Exception {
        return hosts.start(
                String.valueOf(number),
                ModelServer.class,
                classPath,
                List.of(
                        Hosts.address(number),
                        PORT,
                        "model-" + number,
                        folder.resolve("server" + number).toString()));
    }

    private Program client(Hosts hosts) throws Exception {
        return hosts.start(
                Hosts.CLIENT,
                TurnDriver.class,
                classPath,
                List.of(
                        "test_hosts=" + Hosts.address(1) + ":" + PORT + "," + Hosts.address(2) + ":" + PORT,
                        "llama_api_service_name=llamacpp-rpc-api",
                        "local_llm_model_path=builtin",
                        "llm_fallback=local",
                        "serve=none",
                        "llm_liveness_timeout=400ms",
                        "llm_token_gap_timeout=5s",
                        "state_dir=" + folder.resolve("client")));
    }

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void noTurnIsLostAndNoneAnsweredTwice() throws Exception {
        Hosts.orSkip();
        collectClassPath();
        Program[] servers = new Program[SERVERS + 1];
        try (Hosts hosts = new Hosts(SERVERS)) {
            try {
                for (int n = 1; n <= SERVERS; n++) {
                    servers[n] = server(hosts, n);
                }
                try (Program client = client(hosts)) {
                    converse(hosts, servers, client);
                }
            } finally {
                for (int n = 1; n <= SERVERS; n++) {
                    if (servers[n] != null) {
                        servers[n].close();
                    }
                }
            }
        }
    }

    private void converse(Hosts hosts, Program[] servers, Program client) throws Exception {
        Random random = new Random(SEED);
        Map<Integer, Fault> faults = new TreeMap<>();
        Map<Integer, Integer> until = new TreeMap<>();
        int answered = 0;
        int brokenOff = 0;
        for (int turn = 1; turn <= TURNS; turn++) {
            int a = 2 + random.nextInt(90);
            int b = 2 + random.nextInt(90);
            int server = 1 + random.nextInt(SERVERS);
            boolean strikes = random.nextInt(3) == 0;
            // To start a server again takes long.
            Fault fault = random.nextInt(10) == 0 ? Fault.KILLED : SHORT.get(random.nextInt(SHORT.size()));
            int length = 1 + random.nextInt(4);
            for (int n = 1; n <= SERVERS; n++) {
                if (faults.containsKey(n) && until.get(n) <= turn) {
                    mend(hosts, servers, n, faults.remove(n));
                }
            }
            FutureTask<Void> striking = new FutureTask<>(() -> {
                if (strikes && !faults.containsKey(server)) {
                    strike(hosts, servers, server, fault);
                    faults.put(server, fault);
                }
                return null;
            });
            // At the same time, so that it comes before, within, or after the answer.
            Thread.ofVirtual().start(striking);
            JsonObject result = Json.parseObject(client.ask("What is " + a + " * " + b + "?"));
            striking.get();
            until.putIfAbsent(server, 0);
            if (strikes && until.get(server) <= turn) {
                until.put(server, turn + length);
            }
            if (judge(turn, result, String.valueOf(a * b))) {
                answered++;
            } else {
                brokenOff++;
            }
        }
        assertEquals(TURNS, answered + brokenOff);
        assertTrue(brokenOff < TURNS / 10, brokenOff + " answers broke off");
        System.out.println(answered + " turns answered, " + brokenOff + " broke off and said so");
    }

    /** Returns whether a turn was answered; otherwise it broke off after something was shown, and the user was told. */
    private static boolean judge(int turn, JsonObject result, String product) {
        String text = result.string("text").orElse("");
        String error = result.string("error").orElse("");
        int tools =
                result.number("tools").map(JsonNumber::toDouble).orElse(-1.0).intValue();
        String what = "turn " + turn + ": " + result;
        assertTrue(tools <= 1, what);
        int said = text.split(java.util.regex.Pattern.quote(product), -1).length - 1;
        if (error.isEmpty()) {
            assertEquals(1, said, what);
            assertEquals(1, tools, what);
            return true;
        }
        assertFalse(text.isEmpty(), "lost: " + what);
        assertTrue(said <= 1, what);
        return false;
    }

    private static void strike(Hosts hosts, Program[] servers, int server, Fault fault) throws Exception {
        switch (fault) {
            case CUT -> hosts.cut(server);
            case SLOW -> hosts.slow(server, "60kbit");
            case STOPPED -> servers[server].signal("STOP");
            case KILLED -> servers[server].close();
        }
    }

    private void mend(Hosts hosts, Program[] servers, int server, Fault fault) throws Exception {
        switch (fault) {
            case CUT, SLOW -> hosts.mend(server);
            case STOPPED -> servers[server].signal("CONT");
            case KILLED -> servers[server] = server(hosts, server);
        }
    }
}
