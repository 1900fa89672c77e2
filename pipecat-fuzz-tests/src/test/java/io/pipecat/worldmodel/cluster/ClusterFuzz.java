package io.pipecat.worldmodel.cluster;

import io.pipecat.api.json.JsonValue;
import io.pipecat.api.world.ClusterNode;
import io.pipecat.api.world.JobRefusedException;
import io.pipecat.api.world.JobRequest;
import io.pipecat.api.world.WorldModelException;
import io.pipecat.fuzz.Input;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** What the cluster's scheduler (Nomad) and its catalogue (Consul) answer. */
public final class ClusterFuzz {
    private static final HttpUrl URL = HttpUrl.get("http://core.example:4646");
    private static final JobRequest JOB = new JobRequest("m", "p", 1000, 4096, 1, "c");
    private static final int[] STATUSES = {200, 403, 404, 500};

    private static byte[] body = new byte[0];
    private static int status;

    private static final Rest REST = new Rest(
            new OkHttpClient.Builder()
                    .addInterceptor(chain -> new Response.Builder()
                            .request(chain.request())
                            .protocol(Protocol.HTTP_1_1)
                            .code(status)
                            .message("")
                            .body(ResponseBody.create(body, MediaType.get("application/json")))
                            .build()),
            "X-Token",
            Optional.empty());
    private static final Nomad NOMAD = new Nomad(URL, REST);
    private static final Consul CONSUL = new Consul(URL, REST);

    private ClusterFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) throws InterruptedException {
        body = data;
        for (int each : STATUSES) {
            status = each;
            nodes();
            dispatch();
            agents();
        }
    }

    private static void nodes() throws InterruptedException {
        try {
            List<ClusterNode> nodes = NOMAD.nodes();
            Input.check("an answer that was one", status == 200);
            Input.check("all of them", Cluster.nodes(nodes, nodes).size() >= nodes.size());
            nodes.forEach(node -> written(node.detail()));
        } catch (WorldModelException e) {
            explained(e);
        }
    }

    private static void dispatch() throws InterruptedException {
        try {
            written(NOMAD.dispatch(JOB).answer());
            Input.check("an answer that was one", status == 200);
        } catch (JobRefusedException e) {
            Input.check("as it was refused", e.status() == status && e.answer().equals(Input.text(body)));
            explained(e);
        } catch (WorldModelException e) {
            explained(e);
        }
    }

    private static void agents() throws InterruptedException {
        try {
            CONSUL.agents().forEach(agent -> written(agent.detail()));
            Input.check("an answer that was one", status == 200);
        } catch (WorldModelException e) {
            explained(e);
        }
    }

    private static void written(JsonValue value) {
        Input.check("can be told", value.toString().startsWith("{"));
    }

    private static void explained(WorldModelException e) {
        Input.check(
                "who, and in a few words",
                e.getMessage().contains("core.example") && e.getMessage().length() < 1000);
    }
}
