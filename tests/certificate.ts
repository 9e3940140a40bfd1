// Owns the certificate that stands for Microsoft's hosts in tests and benchmark: made for each run, so no key lies in the repository.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** One element of DER: its tag, the length in as few bytes as do, the content. */
function element(tag: number, ...content: readonly Buffer[]): Buffer {
    const body = Buffer.concat(content);
    const bytes: number[] = [];
    for (let rest = body.length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
    const length = body.length < 128 ? [body.length] : [0x80 + bytes.length, ...bytes];
    return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: readonly Buffer[]): Buffer => element(0x30, ...content);
const integer = (value: Buffer): Buffer => element(0x02, value);
const utcTime = (date: Date): Buffer => element(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, "")}Z`));

/** ecdsa-with-SHA256 (1.2.840.10045.4.3.2), commonName (2.5.4.3), subjectAltName (2.5.29.17). */
const ALGORITHM = sequence(Buffer.from("06082a8648ce3d040302", "hex"));
const COMMON_NAME = Buffer.from("0603550403", "hex");
const ALTERNATIVE_NAMES = Buffer.from("0603551d11", "hex");

export interface Certificate {
    /** PEM. */
    readonly key: string;
    readonly cert: string;
    /** The public key's SHA-256 in Base64, by which a browser is told to trust it. */
    readonly fingerprint: string;
}

/** A key and a certificate for these hosts; valid for two days around now. */
export function createCertificate(hosts: readonly string[]): Certificate {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const day = 86_400_000;
    const name = sequence(element(0x31, sequence(COMMON_NAME, element(0x0c, Buffer.from("Tests")))));
    const names = sequence(...hosts.map((host) => element(0x82, Buffer.from(host))));
    const spki = publicKey.export({ type: "spki", format: "der" });
    const body = sequence(
        element(0xa0, integer(Buffer.from([2]))),
        // Positive: the first bit is none.
        integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
        ALGORITHM,
        name,
        sequence(utcTime(new Date(Date.now() - day)), utcTime(new Date(Date.now() + day))),
        name,
        spki,
        element(0xa3, sequence(sequence(ALTERNATIVE_NAMES, element(0x04, names)))),
    );
    const signature = element(0x03, Buffer.from([0]), sign("sha256", body, privateKey));
    const der = sequence(body, ALGORITHM, signature).toString("base64");
    return {
        fingerprint: createHash("sha256").update(spki).digest("base64"),
        key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
        cert: `-----BEGIN CERTIFICATE-----\n${(der.match(/.{1,64}/g) ?? []).join("\n")}\n-----END CERTIFICATE-----\n`,
    };
}
