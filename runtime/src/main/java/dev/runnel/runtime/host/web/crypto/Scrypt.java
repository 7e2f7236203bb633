package dev.runnel.runtime.host.web.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;

/** scrypt (RFC 7914), which the JDK doesn't have. */
final class Scrypt {
  /**
   * @param cost N, a power of two
   * @param blockSize r, in units of 128 bytes
   * @param parallelization p
   */
  record Parameters(int cost, int blockSize, int parallelization) {
    long memory() {
      return 128L * cost * blockSize;
    }

    /** In units of one Salsa20/8 core's 64 bytes. */
    long work() {
      return 4L * cost * blockSize * parallelization;
    }
  }

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final Hash SHA_256 = Hash.named("SHA-256");

  /** Ints in one block of Salsa20. */
  private static final int SALSA = 16;

  private final int cost;
  private final int blockInts;
  private final int[] memory;
  private final int[] block;
  private final int[] mixed;
  private final int[] x = new int[SALSA];

  private Scrypt(Parameters parameters) {
    cost = parameters.cost();
    blockInts = 2 * SALSA * parameters.blockSize();
    memory = new int[cost * blockInts];
    block = new int[blockInts];
    mixed = new int[blockInts];
  }

  static byte[] derive(byte[] password, byte[] salt, Parameters parameters, int length)
      throws GeneralSecurityException {
    int blockBytes = 128 * parameters.blockSize();
    byte[] blocks =
        Hmac.pbkdf2(SHA_256, password, salt, 1, blockBytes * parameters.parallelization());
    var scrypt = new Scrypt(parameters);
    for (int i = 0; i < parameters.parallelization(); i++) {
      scrypt.romix(blocks, i * blockBytes);
    }
    return Hmac.pbkdf2(SHA_256, password, blocks, 1, length);
  }

  private void romix(byte[] bytes, int at) {
    for (int i = 0; i < blockInts; i++) {
      block[i] = (int) INT.get(bytes, at + 4 * i);
    }
    for (int i = 0; i < cost; i++) {
      System.arraycopy(block, 0, memory, i * blockInts, blockInts);
      mixBlock();
    }
    for (int i = 0; i < cost; i++) {
      int from = (block[blockInts - SALSA] & (cost - 1)) * blockInts;
      for (int j = 0; j < blockInts; j++) {
        block[j] ^= memory[from + j];
      }
      mixBlock();
    }
    for (int i = 0; i < blockInts; i++) {
      INT.set(bytes, at + 4 * i, block[i]);
    }
  }

  /** scryptBlockMix: even results first, then the odd ones. */
  private void mixBlock() {
    System.arraycopy(block, blockInts - SALSA, x, 0, SALSA);
    int half = blockInts / 2;
    for (int at = 0, pair = 0; at < blockInts; at += 2 * SALSA, pair += SALSA) {
      salsa(at);
      System.arraycopy(x, 0, mixed, pair, SALSA);
      salsa(at + SALSA);
      System.arraycopy(x, 0, mixed, half + pair, SALSA);
    }
    System.arraycopy(mixed, 0, block, 0, blockInts);
  }

  /**
   * Salsa20/8 of x and the 64 bytes at that place. In locals, which the compiler keeps in
   * registers.
   */
  private void salsa(int at) {
    for (int i = 0; i < SALSA; i++) {
      x[i] ^= block[at + i];
    }
    int x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4], x5 = x[5], x6 = x[6], x7 = x[7];
    int x8 = x[8],
        x9 = x[9],
        xa = x[10],
        xb = x[11],
        xc = x[12],
        xd = x[13],
        xe = x[14],
        xf = x[15];
    for (int round = 0; round < 8; round += 2) {
      x4 ^= Integer.rotateLeft(x0 + xc, 7);
      x8 ^= Integer.rotateLeft(x4 + x0, 9);
      xc ^= Integer.rotateLeft(x8 + x4, 13);
      x0 ^= Integer.rotateLeft(xc + x8, 18);
      x9 ^= Integer.rotateLeft(x5 + x1, 7);
      xd ^= Integer.rotateLeft(x9 + x5, 9);
      x1 ^= Integer.rotateLeft(xd + x9, 13);
      x5 ^= Integer.rotateLeft(x1 + xd, 18);
      xe ^= Integer.rotateLeft(xa + x6, 7);
      x2 ^= Integer.rotateLeft(xe + xa, 9);
      x6 ^= Integer.rotateLeft(x2 + xe, 13);
      xa ^= Integer.rotateLeft(x6 + x2, 18);
      x3 ^= Integer.rotateLeft(xf + xb, 7);
      x7 ^= Integer.rotateLeft(x3 + xf, 9);
      xb ^= Integer.rotateLeft(x7 + x3, 13);
      xf ^= Integer.rotateLeft(xb + x7, 18);
      x1 ^= Integer.rotateLeft(x0 + x3, 7);
      x2 ^= Integer.rotateLeft(x1 + x0, 9);
      x3 ^= Integer.rotateLeft(x2 + x1, 13);
      x0 ^= Integer.rotateLeft(x3 + x2, 18);
      x6 ^= Integer.rotateLeft(x5 + x4, 7);
      x7 ^= Integer.rotateLeft(x6 + x5, 9);
      x4 ^= Integer.rotateLeft(x7 + x6, 13);
      x5 ^= Integer.rotateLeft(x4 + x7, 18);
      xb ^= Integer.rotateLeft(xa + x9, 7);
      x8 ^= Integer.rotateLeft(xb + xa, 9);
      x9 ^= Integer.rotateLeft(x8 + xb, 13);
      xa ^= Integer.rotateLeft(x9 + x8, 18);
      xc ^= Integer.rotateLeft(xf + xe, 7);
      xd ^= Integer.rotateLeft(xc + xf, 9);
      xe ^= Integer.rotateLeft(xd + xc, 13);
      xf ^= Integer.rotateLeft(xe + xd, 18);
    }
    x[0] += x0;
    x[1] += x1;
    x[2] += x2;
    x[3] += x3;
    x[4] += x4;
    x[5] += x5;
    x[6] += x6;
    x[7] += x7;
    x[8] += x8;
    x[9] += x9;
    x[10] += xa;
    x[11] += xb;
    x[12] += xc;
    x[13] += xd;
    x[14] += xe;
    x[15] += xf;
  }
}
