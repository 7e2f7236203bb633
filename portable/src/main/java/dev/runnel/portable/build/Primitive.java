package dev.runnel.portable.build;

/**
 * A function of the driver's that JavaScript can call.
 *
 * @param slot its place in the module's table
 * @param length how many arguments it takes; QuickJS fills up with undefined
 */
record Primitive(String name, int slot, int length) {}
