package dev.runnel.quickjs;

import dev.runnel.wasm.GuestThrownException;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.TagInstance;
import run.endive.runtime.WasmException;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/** Exceptions that WebAssembly throws, for JavaScript, and those of JavaScript, for WebAssembly. */
final class WasmExceptions {
  private final QuickJs js;
  private final WasmScript script;
  private final WasmFunctions functions;
  private final WasmValues values;
  private final WasmObjects objects;
  private final ToIntFunction<TagInstance> numberOfTag;

  WasmExceptions(
      QuickJs js,
      WasmScript script,
      WasmFunctions functions,
      WasmValues values,
      WasmObjects objects) {
    this.js = js;
    this.script = script;
    this.functions = functions;
    this.values = values;
    this.objects = objects;
    this.numberOfTag = objects::number;
  }

  /** Makes what WebAssembly threw the guest's pending exception. */
  GuestThrow toJs(WasmException thrown) {
    if (thrown instanceof GuestThrownException passing) {
      js.setException(values.referenceToJs(passing.thrown()));
      return GuestThrow.PENDING;
    }
    Instance instance = thrown.instance();
    TagInstance tag = instance.tag(thrown.tagIdx());
    long payload = payload(tag.type(), thrown, functions.instance(instance));
    try {
      long number = Value.of(Value.TAG_INT, numberOfTag.applyAsInt(tag));
      js.setException(script.call(WasmScript.EXCEPTION, number, payload));
    } finally {
      js.free(payload);
    }
    return GuestThrow.PENDING;
  }

  private long payload(FunctionType type, WasmException thrown, WasmInstance user) {
    long[] elements = new long[type.params().size()];
    for (int i = 0; i < elements.length; i++) {
      ValType each = type.params().get(i);
      @Nullable Object reference = each.isObjectRef() ? thrown.refArgs()[i] : null;
      elements[i] = values.toJs(each, thrown.args()[i], reference, user);
    }
    return js.newArray(elements);
  }

  /** The guest's pending exception, which code of the importer may catch. */
  GuestThrownException fromJs(WasmInstance importer) {
    long value = js.takeException();
    try {
      Object thrown = thrown(value);
      long details = script.call(WasmScript.EXCEPTION_DETAILS, value);
      try {
        return Value.tag(details) == Value.TAG_OBJECT
            ? withTag(importer, thrown, details)
            : new GuestThrownException(
                importer.instance(), thrown, null, new long[0], new Object[0]);
      } finally {
        js.free(details);
      }
    } finally {
      js.free(value);
    }
  }

  /** Null is something to throw as well. */
  private Object thrown(long value) {
    @Nullable Object reference = values.toReference(value);
    return reference == null ? (Object) Value.NULL : reference;
  }

  private GuestThrownException withTag(WasmInstance importer, Object thrown, long details) {
    long number = js.element(details, 0);
    long payload = js.element(details, 1);
    try {
      TagInstance tag = objects.get(Value.payload(number), TagInstance.class);
      int count = tag.type().params().size();
      long[] numbers = new long[count];
      @Nullable Object[] references = new Object[count];
      for (int i = 0; i < count; i++) {
        ValType type = tag.type().params().get(i);
        long element = js.element(payload, i);
        if (type.isObjectRef()) {
          references[i] = values.toReference(element);
        } else {
          numbers[i] = values.toNumber(type, element, importer);
        }
        js.free(element);
      }
      return new GuestThrownException(importer.instance(), thrown, tag, numbers, references);
    } finally {
      js.free(payload);
      js.free(number);
    }
  }
}
