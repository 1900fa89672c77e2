/** The program: reads the environment and the command line, runs a node, and turns outcomes into exit codes. */
module io.pipecat.launcher {
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires info.picocli;
    requires io.pipecat.json;
    requires io.pipecat.node;
    requires org.jline.reader;
    requires org.jline.terminal;
    // Not for its classes: without it JLine cannot catch Ctrl-C, and a chat would end with the answer it interrupts.
    requires jdk.unsupported;
    requires static org.jspecify;

    provides ch.qos.logback.classic.spi.Configurator with
            io.pipecat.launcher.LogConfigurator;

    opens io.pipecat.launcher to
            info.picocli;
}
