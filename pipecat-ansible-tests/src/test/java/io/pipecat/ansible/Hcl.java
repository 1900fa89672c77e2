package io.pipecat.ansible;

import io.pipecat.api.json.JsonArray;
import io.pipecat.api.json.JsonObject;
import io.pipecat.json.Json;
import io.pipecat.testkit.RequiredPart;
import java.nio.file.Path;

/** Job files as Nomad would read them. */
final class Hcl {
    private static final Path READER = Shell.ROOT.resolve("target/hcl-parts/node_modules/@cdktf/hcl2json");

    private Hcl() {}

    static JsonObject read(Path file) throws Exception {
        RequiredPart.of("node", "Debian package nodejs").orSkip();
        RequiredPart.file(READER, "run bin/machine-parts, which installs it").orSkip();
        String json = Shell.run("node -e \"require('" + READER
                        + "').parse('job.hcl', require('fs').readFileSync(process.argv[1], 'utf8')).then(job => console.log(JSON.stringify(job)))\" "
                        + file)
                .ok();
        return Json.parseObject(json);
    }

    /** The first of each kind of block on the way. */
    static JsonObject block(JsonObject from, String... path) {
        JsonObject here = from;
        for (String name : path) {
            here = switch (here.get(name).orElseThrow()) {
                case JsonArray list -> list.objects().findFirst().orElseThrow();
                case JsonObject object -> object;
                default -> throw new AssertionError(name + " is no block");
            };
        }
        return here;
    }
}
