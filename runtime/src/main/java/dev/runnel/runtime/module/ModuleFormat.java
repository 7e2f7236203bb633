package dev.runnel.runtime.module;

/** How a module's file is read. */
public enum ModuleFormat {
  ES_MODULE,
  COMMON_JS,
  JSON
}
