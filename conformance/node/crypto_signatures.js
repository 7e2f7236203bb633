// node:crypto: signatures with keys in PEM, DER and JWK, and what Node's web tokens are made of.
import { Buffer } from "node:buffer";
import crypto from "node:crypto";

const message = Buffer.from("a message");
const rsaPem = crypto.generateKeyPairSync("rsa", {
  modulusLength: 1024,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
console.log(rsaPem.publicKey.split("\n")[0], rsaPem.privateKey.split("\n")[0]);

for (const algorithm of ["RSA-SHA256", "sha512"]) {
  const signature = crypto.createSign(algorithm).update("a ").update("message").sign(rsaPem.privateKey, "base64");
  console.log(algorithm, crypto.createVerify(algorithm).update(message).verify(rsaPem.publicKey, signature, "base64"));
  console.log(crypto.createVerify(algorithm).update("another").verify(rsaPem.publicKey, signature, "base64"));
}
const padding = crypto.constants.RSA_PKCS1_PSS_PADDING;
for (const saltLength of [undefined, 20, crypto.constants.RSA_PSS_SALTLEN_DIGEST]) {
  const pss = crypto.sign("sha256", message, { key: rsaPem.privateKey, padding, saltLength });
  console.log("PSS", pss.length, crypto.verify("sha256", message, { key: rsaPem.publicKey, padding, saltLength }, pss));
  console.log(crypto.verify("sha256", message, { key: rsaPem.publicKey, padding }, pss));
}

for (const namedCurve of ["P-256", "secp384r1", "secp521r1"]) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync("ec", { namedCurve });
  console.log(privateKey.asymmetricKeyType, privateKey.asymmetricKeyDetails.namedCurve);
  const der = crypto.sign("sha256", message, privateKey);
  console.log(der[0], crypto.verify("sha256", message, publicKey, der));
  const fixed = crypto.sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" });
  console.log(fixed.length, crypto.verify("sha256", message, { key: publicKey, dsaEncoding: "ieee-p1363" }, fixed));
}

// RFC 8032, section 7.1, test 2
const ed = crypto.createPrivateKey({
  key: { kty: "OKP", crv: "Ed25519", x: "PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw", d: "TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs" },
  format: "jwk",
});
console.log(crypto.sign(null, Buffer.from([0x72]), ed).toString("hex"));
console.log(ed.export({ format: "pem", type: "pkcs8" }));
console.log(crypto.createPublicKey(ed).export({ format: "der", type: "spki" }).toString("hex"));

crypto.sign("sha256", message, rsaPem.privateKey, (error, signature) => {
  console.log(error, signature.length);
});
const { publicKey, privateKey } = await new Promise((resolve, reject) =>
  crypto.generateKeyPair("x25519", {}, (error, first, second) => (error ? reject(error) : resolve({ publicKey: first, privateKey: second }))),
);
const other = crypto.generateKeyPairSync("x25519");
const ours = crypto.diffieHellman({ privateKey, publicKey: other.publicKey });
console.log(ours.length, ours.equals(crypto.diffieHellman({ privateKey: other.privateKey, publicKey })));

const sealed = crypto.publicEncrypt(rsaPem.publicKey, message);
console.log(sealed.length, crypto.privateDecrypt(rsaPem.privateKey, sealed).toString());
const oaepHash = "sha256";
console.log(crypto.privateDecrypt({ key: rsaPem.privateKey, oaepHash }, crypto.publicEncrypt({ key: rsaPem.publicKey, oaepHash }, message)).toString());

const secret = crypto.createSecretKey(Buffer.from("secret"));
console.log(secret.type, secret.symmetricKeySize, secret.export().toString(), JSON.stringify(secret.export({ format: "jwk" })));
console.log(crypto.createHmac("sha256", secret).update("x").digest("hex") === crypto.createHmac("sha256", "secret").update("x").digest("hex"));
console.log(secret.equals(crypto.createSecretKey("secret", "utf8")), secret.equals(crypto.createSecretKey("other", "utf8")));

// The Web's keys are the same keys.
const web = await crypto.subtle.importKey("jwk", ed.export({ format: "jwk" }), "Ed25519", true, ["sign"]);
console.log(crypto.KeyObject.from(web).equals(ed), crypto.webcrypto === globalThis.crypto);

const mistakes = [
  () => crypto.createSign("md17"),
  () => crypto.createPrivateKey("no pem"),
  () => crypto.createPrivateKey(rsaPem.publicKey),
  () => crypto.sign("sha256", message, 7),
  () => new crypto.KeyObject("secret"),
  () => crypto.generateKeyPairSync("ec", { namedCurve: "no-curve" }),
];
for (const mistake of mistakes) {
  try {
    mistake();
    console.log("none");
  } catch (error) {
    console.log(error instanceof Error);
  }
}
