package io.pipecat.tools.local.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipecat.api.DeploymentMode;
import io.pipecat.api.NodeInfo;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.tool.Tool;
import io.pipecat.testkit.RequiredPart;
import io.pipecat.tools.local.Calls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemToolTest {
    private static final NodeInfo NODE =
            new NodeInfo("kitchen", "i1", DeploymentMode.DISTRIBUTED, Optional.empty(), "0.1");
    private static final RequiredPart PROC = RequiredPart.file(Path.of("/proc/meminfo"), "a Linux system");

    @TempDir
    Path folder;

    private JsonObject info(Path stateDir, Path root) throws Exception {
        return Calls.object(Tool.annotated(new SystemTool(NODE, stateDir, root)), "info", JsonObject.EMPTY);
    }

    private void write(String file, String text) throws Exception {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void tellsWhatTheFilesTell() throws Exception {
        write("proc/sys/kernel/hostname", "edge-1\n");
        write("proc/loadavg", "0.52 1.07 2.00 2/345 6789\n");
        write("proc/uptime", "93784.55 170000.00\n");
        // Far less than any machine has, so that no container's limit comes before it.
        write(
                "proc/meminfo",
                "MemTotal:          20480 kB\nMemFree:            1024 kB\nMemAvailable:      10240 kB\n");
        write("proc/self/status", "Name:\tjava\nVmRSS:\t   73728 kB\n");
        write("etc/os-release", "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n");

        JsonObject info = info(folder, folder);

        assertEquals("edge-1", info.string("host").orElseThrow());
        assertEquals("Debian GNU/Linux 12 (bookworm)", info.string("os").orElseThrow());
        assertEquals(
                "{\"1_min\":0.52,\"5_min\":1.07,\"15_min\":2.00}",
                info.object("load").orElseThrow().toString());
        assertEquals(
                "{\"total_mib\":20,\"available_mib\":10}",
                info.object("memory").orElseThrow().toString());
        assertEquals(
                "{\"seconds\":93784,\"words\":\"1 day, 2 hours, 3 minutes and 4 seconds\"}",
                info.object("uptime").orElseThrow().toString());
        assertEquals(
                72,
                info.object("jvm")
                        .orElseThrow()
                        .number("resident_mib")
                        .orElseThrow()
                        .toInt());
        assertEquals(
                "{\"name\":\"kitchen\",\"mode\":\"distributed\",\"version\":\"0.1\"}",
                info.object("node").orElseThrow().toString());
    }

    @Test
    void withoutTheFilesItTellsWhatTheJdkKnows() throws Exception {
        JsonObject info = info(folder, folder.resolve("nothing"));

        assertEquals(System.getProperty("os.name"), info.string("os").orElseThrow());
        assertFalse(info.has("uptime"));
        JsonObject memory = info.object("memory").orElseThrow();
        assertTrue(memory.number("total_mib").orElseThrow().toLong()
                >= memory.number("available_mib").orElseThrow().toLong());
        assertFalse(info.object("jvm").orElseThrow().has("resident_mib"));
        assertTrue(info.object("jvm")
                        .orElseThrow()
                        .number("heap_max_mib")
                        .orElseThrow()
                        .toLong()
                > 0);
    }

    @Test
    void filesWrittenOtherwiseAreLeftOut() throws Exception {
        write("proc/uptime", "since Tuesday\n");
        write("proc/loadavg", "\n");
        write("proc/meminfo", "MemTotal: lots\n");
        write("etc/os-release", "ID=debian\n");

        JsonObject info = info(folder, folder);

        assertFalse(info.has("uptime"));
        assertEquals(System.getProperty("os.name"), info.string("os").orElseThrow());
    }

    @Test
    void tellsTheDiskOfTheStateFolder() throws Exception {
        JsonObject disk = info(folder, folder).object("disk").orElseThrow();
        assertEquals(folder.toString(), disk.string("path").orElseThrow());
        assertTrue(disk.number("total_gib").orElseThrow().toDouble()
                >= disk.number("available_gib").orElseThrow().toDouble());
        assertFalse(info(folder.resolve("gone"), folder).has("disk"));
    }

    @Test
    void thisMachineTellsEverything() throws Exception {
        PROC.orSkip();
        JsonObject info = Calls.object(Tool.annotated(new SystemTool(NODE, folder)), "info", JsonObject.EMPTY);
        for (String member :
                new String[] {"host", "os", "kernel", "arch", "cores", "load", "memory", "disk", "uptime", "node", "jvm"
                }) {
            assertTrue(info.has(member), member);
        }
        assertTrue(info.object("memory")
                        .orElseThrow()
                        .number("total_mib")
                        .orElseThrow()
                        .toLong()
                > 0);
    }
}
