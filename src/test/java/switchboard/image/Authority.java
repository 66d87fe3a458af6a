package switchboard.image;

import java.nio.file.Path;
import java.util.Map;

/** Issues nodes' certificates and nothing else; its files lie in {@code folder}. */
record Authority(Path folder, Command command) {

    static Authority in(Path folder) {
        var it = new Authority(folder, new Command(Map.of()));
        it.openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.crt");
        return it;
    }

    /** Makes {@code name.crt} and {@code name.key}: one that serves as server and as client, and has the name that all nodes have. */
    void issue(String name) {
        openssl("req -newkey rsa:2048 -nodes -subj /CN=" + name + " -keyout " + name + ".key -out " + name
                + ".csr -addext subjectAltName=DNS:switchboard-nodes -addext extendedKeyUsage=serverAuth,clientAuth");
        openssl("x509 -req -days 2 -CA ca.crt -CAkey ca.key -CAcreateserial -copy_extensions copy -in " + name
                + ".csr -out " + name + ".crt");
    }

    private void openssl(String arguments) {
        command.run("sh", "-c", "cd '" + folder + "' && openssl " + arguments);
    }
}
