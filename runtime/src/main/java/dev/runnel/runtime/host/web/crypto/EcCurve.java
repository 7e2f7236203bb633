package dev.runnel.runtime.host.web.crypto;

import com.google.gson.JsonObject;
import dev.runnel.engine.HostError;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;

/** The NIST curves (FIPS 186-5), for ECDSA and ECDH. */
enum EcCurve implements KeyFamily {
  P_256("P-256", "secp256r1", "06082a8648ce3d030107"),
  P_384("P-384", "secp384r1", "06052b81040022"),
  P_521("P-521", "secp521r1", "06052b81040023");

  /** id-ecPublicKey, 1.2.840.10045.2.1. */
  private static final String EC_PUBLIC_KEY = "06072a8648ce3d0201";

  private static final int UNCOMPRESSED = 4;
  private static final int COMPRESSED_EVEN = 2;
  private static final int COMPRESSED_ODD = 3;

  private final String label;
  private final byte[] algorithm;
  private final ECParameterSpec spec;
  private final BigInteger prime;
  private final int bytes;

  EcCurve(String label, String javaName, String oid) {
    this.label = label;
    this.algorithm = algorithm(HexFormat.of().parseHex(oid));
    this.spec = specOf(javaName);
    this.prime = ((ECFieldFp) spec.getCurve().getField()).getP();
    this.bytes = (prime.bitLength() + 7) / 8;
  }

  /** Of the curve with that object identifier. */
  static byte[] algorithm(byte[] oid) {
    return Der.sequence(HexFormat.of().parseHex(EC_PUBLIC_KEY), oid);
  }

  private static ECParameterSpec specOf(String javaName) {
    try {
      var parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(javaName));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK lacks " + javaName, e);
    }
  }

  @Override
  public String label() {
    return label;
  }

  KeyMaterial.Private generate() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(spec);
    KeyPair pair = generator.generateKeyPair();
    BigInteger scalar = ((ECPrivateKey) pair.getPrivate()).getS();
    return new KeyMaterial.Private(this, pair.getPrivate(), pair.getPublic(), fixed(scalar));
  }

  @Override
  public byte[] algorithm() {
    return algorithm;
  }

  @Override
  public KeyMaterial.Public fromSpki(byte[] spki) {
    return fromRawPublic(EncodedKeys.fromSpki(algorithm, spki));
  }

  /** Inside stands an ECPrivateKey (RFC 5915). */
  @Override
  public KeyMaterial.Private fromPkcs8(byte[] pkcs8) {
    var outer = new Der.Reader(EncodedKeys.fromPkcs8(algorithm, pkcs8));
    Der.Reader in = outer.sequence();
    outer.end();
    if (in.smallInteger() != 1) {
      throw invalidKey();
    }
    KeyMaterial.Private key = fromRawPrivate(in.bytes(Der.OCTET_STRING));
    if (in.isAt(Der.CONSTRUCTED)) {
      in.whole();
    }
    if (in.isAt(Der.CONSTRUCTED | 1)) {
      requireSamePoint(key, in.inside(Der.CONSTRUCTED | 1).bits());
    }
    in.end();
    return key;
  }

  @Override
  public KeyMaterial.Public fromRawPublic(byte[] raw) {
    return new KeyMaterial.Public(this, publicKey(pointOf(raw)));
  }

  /** The public key is found with ECDH, whose time doesn't depend on the scalar. */
  @Override
  public KeyMaterial.Private fromRawPrivate(byte[] raw) {
    var scalar = new BigInteger(1, raw);
    if (raw.length != bytes || scalar.signum() == 0 || scalar.compareTo(spec.getOrder()) >= 0) {
      throw invalidKey();
    }
    try {
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(scalar, spec));
      return new KeyMaterial.Private(this, key, publicKeyOf(key), raw);
    } catch (GeneralSecurityException e) {
      throw invalidKey();
    }
  }

  @Override
  public KeyMaterial fromJwk(JsonObject jwk) {
    byte[] x = coordinate(jwk, "x");
    byte[] y = coordinate(jwk, "y");
    KeyMaterial.Public publicKey =
        new KeyMaterial.Public(
            this, publicKey(new ECPoint(new BigInteger(1, x), new BigInteger(1, y))));
    if (!jwk.has("d")) {
      return publicKey;
    }
    KeyMaterial.Private key = fromRawPrivate(coordinate(jwk, "d"));
    requireSamePoint(key, toRaw(publicKey));
    return key;
  }

  private byte[] coordinate(JsonObject jwk, String member) {
    byte[] value = KeyFamily.bytes(jwk, member);
    if (value.length != bytes) {
      throw KeyFamily.invalid(
          "The JWK's \"%s\" has %d bytes where %s has %d."
              .formatted(member, value.length, label, bytes));
    }
    return value;
  }

  @Override
  public byte[] toSpki(KeyMaterial.Public key) {
    return EncodedKeys.spki(algorithm, toRaw(key));
  }

  @Override
  public byte[] toPkcs8(KeyMaterial.Private key) {
    byte[] point = Der.value(Der.CONSTRUCTED | 1, Der.bits(toRaw(key.toPublic())));
    byte[] scalar = Der.value(Der.OCTET_STRING, key.octets());
    return EncodedKeys.pkcs8(algorithm, Der.sequence(Der.smallInteger(1), scalar, point));
  }

  @Override
  public byte[] toRaw(KeyMaterial.Public key) {
    ECPoint point = pointOf(key);
    byte[] raw = new byte[1 + 2 * bytes];
    raw[0] = UNCOMPRESSED;
    System.arraycopy(fixed(point.getAffineX()), 0, raw, 1, bytes);
    System.arraycopy(fixed(point.getAffineY()), 0, raw, 1 + bytes, bytes);
    return raw;
  }

  @Override
  public JsonObject toJwk(KeyMaterial key) {
    var jwk = new JsonObject();
    jwk.addProperty("kty", "EC");
    jwk.addProperty("crv", label);
    switch (key) {
      case KeyMaterial.Public publicKey -> addPoint(jwk, publicKey);
      case KeyMaterial.Private privateKey -> {
        addPoint(jwk, privateKey.toPublic());
        jwk.addProperty("d", KeyFamily.base64Url(privateKey.octets()));
      }
      case KeyMaterial.Secret _ -> throw new IllegalStateException("Curves have no secret keys.");
    }
    return jwk;
  }

  private void addPoint(JsonObject jwk, KeyMaterial.Public key) {
    ECPoint point = pointOf(key);
    jwk.addProperty("x", KeyFamily.base64Url(fixed(point.getAffineX())));
    jwk.addProperty("y", KeyFamily.base64Url(fixed(point.getAffineY())));
  }

  private static ECPoint pointOf(KeyMaterial.Public key) {
    return ((ECPublicKey) key.key()).getW();
  }

  /** SEC 1, section 2.3.4. */
  private ECPoint pointOf(byte[] raw) {
    int form = raw.length == 0 ? 0 : raw[0];
    if (form == UNCOMPRESSED && raw.length == 1 + 2 * bytes) {
      return new ECPoint(number(raw, 1), number(raw, 1 + bytes));
    }
    if ((form == COMPRESSED_EVEN || form == COMPRESSED_ODD) && raw.length == 1 + bytes) {
      BigInteger x = number(raw, 1);
      BigInteger root = rootFor(x);
      return new ECPoint(
          x, root.testBit(0) == (form == COMPRESSED_ODD) ? root : prime.subtract(root));
    }
    throw invalidKey();
  }

  private BigInteger number(byte[] raw, int from) {
    return new BigInteger(1, Arrays.copyOfRange(raw, from, from + bytes));
  }

  private PublicKey publicKey(ECPoint point) {
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    boolean inField = x.compareTo(prime) < 0 && y.compareTo(prime) < 0;
    if (!inField || !y.multiply(y).mod(prime).equals(squareFor(x))) {
      throw invalidKey();
    }
    try {
      return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, spec));
    } catch (GeneralSecurityException e) {
      throw invalidKey();
    }
  }

  /** x³ + ax + b. */
  private BigInteger squareFor(BigInteger x) {
    BigInteger a = spec.getCurve().getA();
    return x.multiply(x).add(a).multiply(x).add(spec.getCurve().getB()).mod(prime);
  }

  /** One of the two y for an x. All three primes are 3 modulo 4, which makes it one power. */
  private BigInteger rootFor(BigInteger x) {
    return squareFor(x).modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
  }

  /** The agreed secret with the generator is the point's x; a signature tells which y. */
  private PublicKey publicKeyOf(PrivateKey key) throws GeneralSecurityException {
    var agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(key);
    agreement.doPhase(publicKey(spec.getGenerator()), true);
    var x = new BigInteger(1, agreement.generateSecret());
    BigInteger y = rootFor(x);
    PublicKey first = publicKey(new ECPoint(x, y));
    return belongTogether(key, first) ? first : publicKey(new ECPoint(x, prime.subtract(y)));
  }

  private static boolean belongTogether(PrivateKey key, PublicKey publicKey)
      throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    return signature.verify(signed);
  }

  private void requireSamePoint(KeyMaterial.Private key, byte[] point) {
    if (!pointOf(key.toPublic()).equals(pointOf(point))) {
      throw KeyFamily.invalid("The public key does not belong to the private key.");
    }
  }

  private byte[] fixed(BigInteger number) {
    byte[] minimal = number.toByteArray();
    byte[] all = new byte[bytes];
    int length = Math.min(minimal.length, bytes);
    System.arraycopy(minimal, minimal.length - length, all, bytes - length, length);
    return all;
  }

  private HostError invalidKey() {
    return KeyFamily.invalid("The key data is not a key on the curve %s.".formatted(label));
  }
}
