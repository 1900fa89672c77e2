package io.pipecat.system.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.system.failover.Hosts.Program;
import io.pipecat.testkit.RequiredPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
    private static final String WHO = "Who are you?";
    /** An answer is to last for a while, so that something can happen in the middle of it. */
    private static final String TOKEN_MILLIS = "10";

    private static final int LONGEST_ANSWER_MILLIS = 300;
    /** A person thinks before the next question. Without that, most would fall into the seconds for which a model that failed is left alone. */
    private static final int LONGEST_THOUGHT_MILLIS = 400;

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
                        folder.resolve("server" + number).toString(),
                        TOKEN_MILLIS));
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
        String introduction = said(Json.parseObject(client.ask(WHO)));
        assertTrue(introduction.length() > 40, introduction);
        Random random = new Random(SEED);
        Map<Integer, Fault> faults = new TreeMap<>();
        Map<Integer, Integer> until = new TreeMap<>();
        Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
        int brokenOff = 0;
        int fallback = 0;
        for (int turn = 1; turn <= TURNS; turn++) {
            int a = 2 + random.nextInt(90);
            int b = 2 + random.nextInt(90);
            int server = 1 + random.nextInt(SERVERS);
            boolean asksWho = random.nextBoolean();
            boolean strikes = random.nextInt(3) == 0;
            // To start a server again takes long.
            Fault fault = random.nextInt(10) == 0 ? Fault.KILLED : SHORT.get(random.nextInt(SHORT.size()));
            int length = 1 + random.nextInt(4);
            int moment = random.nextInt(LONGEST_ANSWER_MILLIS);
            int thought = random.nextInt(LONGEST_THOUGHT_MILLIS);
            for (int n = 1; n <= SERVERS; n++) {
                if (faults.containsKey(n) && until.get(n) <= turn) {
                    mend(hosts, servers, n, faults.remove(n));
                }
            }
            Thread.sleep(thought);
            boolean hits = strikes && !faults.containsKey(server);
            FutureTask<Void> striking = new FutureTask<>(() -> {
                if (hits) {
                    Thread.sleep(moment);
                    strike(hosts, servers, server, fault);
                }
                return null;
            });
            // At the same time, so that it comes before, within, or after the answer.
            Thread.ofVirtual().start(striking);
            JsonObject result = Json.parseObject(client.ask(asksWho ? WHO : "What is " + a + " * " + b + "?"));
            striking.get();
            if (hits) {
                faults.put(server, fault);
                until.put(server, turn + length);
                struck.merge(fault, 1, Integer::sum);
            }
            String what = "turn " + turn + ", " + (hits ? fault + " at " + moment + " ms: " : "") + result;
            boolean complete = asksWho
                    ? isWholeIntroduction(result, introduction, what)
                    : isWholeCalculation(result, String.valueOf(a * b), what);
            brokenOff += complete ? 0 : 1;
            fallback += result.string("by").orElse("").contains("cluster") ? 0 : 1;
        }
        String told = TURNS - brokenOff + " turns answered, " + brokenOff + " broke off and said so; " + fallback
                + " by the model of the node itself; " + struck;
        System.out.println(told);
        assertTrue(brokenOff < TURNS / 10, told);
        // That it was a test of anything: every fault has struck, and both have answered.
        assertEquals(Set.of(Fault.values()), struck.keySet(), told);
        assertTrue(fallback > TURNS / 20 && fallback < TURNS - TURNS / 20, told);
    }

    private static String said(JsonObject result) {
        return result.string("text").orElse("");
    }

    /** Returns whether a turn was answered; otherwise it broke off after something was shown, and the user was told. */
    private static boolean isWhole(JsonObject result, String what) {
        boolean whole = result.string("error").orElse("").isEmpty();
        assertTrue(whole || !said(result).isEmpty(), "lost: " + what);
        return whole;
    }

    private static boolean isWholeIntroduction(JsonObject result, String introduction, String what) {
        boolean whole = isWhole(result, what);
        assertTrue(whole ? said(result).equals(introduction) : introduction.startsWith(said(result)), what);
        return whole;
    }

    private static boolean isWholeCalculation(JsonObject result, String product, String what) {
        boolean whole = isWhole(result, what);
        int times = said(result).split(Pattern.quote(product), -1).length - 1;
        int tools = result.number("tools").orElseThrow().toInt();
        assertTrue(whole ? times == 1 && tools == 1 : times <= 1 && tools <= 1, what);
        return whole;
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
