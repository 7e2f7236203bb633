package dev.runnel.translator;

import dev.runnel.wasm.TranslatedModule;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Type;

/**
 * A Java method that does the work of a wasm function, or the common part of it.
 *
 * <p>The method is public and static in a public class that is there at run time. It takes the
 * function's parameters, then the {@link dev.runnel.wasm.FlatMemory}, then {@link
 * run.endive.runtime.Instance}. It may read and write memory; if it calls back into the guest it
 * must keep the stack pointer in order, and not keep the memory's array across the call.
 *
 * @param name what warnings call it
 * @param function index of the function
 * @param placement in front of the function or in its place
 * @param check proves the intrinsic on the translated module, at build time
 */
public record Intrinsic(
    String name, int function, Placement placement, Class<?> owner, String method, Check check) {

  /** Where the Java method stands. */
  public enum Placement {
    /**
     * The method answers first, and may decline. For a function without result it returns {@code
     * boolean}: true if all is done. Else it returns {@code long}: the result, i32 as an unsigned
     * number, or {@link #DECLINED}.
     */
    IN_FRONT,

    /** The method has the function's own result type and the function's code is gone. */
    IN_PLACE
  }

  /** What a method in front returns to let the function run. Never the result of one. */
  public static final long DECLINED = 0x8000_0000_dec1_19edL;

  /** Tries the intrinsic on objects whose outcome is known. */
  @FunctionalInterface
  public interface Check {
    /** Whether all came out as it should; an exception says no as well. */
    boolean holds(TranslatedModule module) throws Exception;
  }

  public static Intrinsic inFront(
      String name, int function, Class<?> owner, String method, Check check) {
    return new Intrinsic(name, function, Placement.IN_FRONT, owner, method, check);
  }

  public static Intrinsic inPlace(
      String name, int function, Class<?> owner, String method, Check check) {
    return new Intrinsic(name, function, Placement.IN_PLACE, owner, method, check);
  }

  /** What distinguishes this intrinsic for a build that asks whether its output is up to date. */
  String identity() {
    return List.of(name, function, placement, owner.getName(), method).toString();
  }

  /** The descriptor that the Java method must have for a function of this descriptor. */
  String descriptor(String functionDescriptor) {
    int result = functionDescriptor.indexOf(')') + 1;
    if (placement == Placement.IN_PLACE) {
      return functionDescriptor;
    }
    boolean isVoid = functionDescriptor.endsWith(")V");
    return functionDescriptor.substring(0, result) + (isVoid ? "Z" : "J");
  }

  /** Whether {@code owner} has the method that the function needs. */
  boolean fits(String functionDescriptor) {
    String wanted = descriptor(functionDescriptor);
    return Arrays.stream(owner.getMethods())
        .filter(candidate -> candidate.getName().equals(method))
        .anyMatch(candidate -> Type.getMethodDescriptor(candidate).equals(wanted));
  }
}
