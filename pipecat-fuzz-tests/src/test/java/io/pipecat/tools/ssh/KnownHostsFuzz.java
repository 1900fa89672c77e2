package io.pipecat.tools.ssh;

import io.pipecat.api.tool.ToolException;
import io.pipecat.fuzz.Input;
import java.util.List;

/** A file of known hosts, and whom to log in as where. */
public final class KnownHostsFuzz {

    private KnownHostsFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        List<String> parts = Input.parts(data, 3);
        KnownHosts hosts = KnownHosts.parse(parts.get(0));
        Input.check("entries", hosts.entries().size() <= parts.get(0).lines().count());
        try {
            Target target = Target.parse(parts.get(1), parts.get(2));
            Input.check("a port", target.port() > 0 && target.port() < 65_536);
            Input.check(
                    "no option of a program",
                    !target.host().startsWith("-") && !target.username().startsWith("-"));
        } catch (ToolException e) {
            Input.check("a reason", e.getMessage() != null);
        }
    }
}
