// Covers certificate.ts: Node's own reader accepts the certificate for exactly these hosts.
import { X509Certificate, createHash, createPrivateKey } from "node:crypto";
import { createCertificate } from "../certificate";

test("a certificate is for its hosts, signed with its own key, and valid now", () => {
    const { key, cert, fingerprint } = createCertificate(["one.example", "two.example"]);
    const read = new X509Certificate(cert);
    expect(read.checkHost("one.example")).toBe("one.example");
    expect(read.checkHost("two.example")).toBe("two.example");
    expect(read.checkHost("three.example")).toBeUndefined();
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(fingerprint).toBe(
        createHash("sha256")
            .update(read.publicKey.export({ type: "spki", format: "der" }))
            .digest("base64"),
    );
    expect(Date.parse(read.validFrom)).toBeLessThan(Date.now());
    expect(Date.parse(read.validTo)).toBeGreaterThan(Date.now());
});

test("long lists of hosts are encoded, too, and no two certificates are the same", () => {
    const hosts = Array.from({ length: 40 }, (_, index) => `host-${index}.example`);
    const [one, other] = [createCertificate(hosts), createCertificate(hosts)];
    expect(new X509Certificate(one.cert).checkHost("host-39.example")).toBe("host-39.example");
    expect(one.key).not.toBe(other.key);
    expect(new X509Certificate(one.cert).serialNumber).not.toBe(new X509Certificate(other.cert).serialNumber);
});
