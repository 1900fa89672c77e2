package io.pipecat.worldmodel.house;

import io.pipecat.api.world.WorldModelException;
import io.pipecat.fuzz.Input;

/** A house as somebody describes it in YAML. */
public final class OntologyFuzz {

    private OntologyFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        try {
            OntologyFile.Ontology ontology = OntologyFile.parse(Input.text(data), "house.yaml");
            ontology.remarks().forEach(remark -> Input.check("a remark", remark.startsWith("house.yaml")));
        } catch (WorldModelException e) {
            Input.check("a reason that names the file", e.getMessage().contains("house.yaml"));
        }
    }
}
