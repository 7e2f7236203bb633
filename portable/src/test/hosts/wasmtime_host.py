"""Runs a WASI command on wasmtime: wasmtime_host.py FILE.wasm '{"args": [], "env": {}, "dirs": {}}'"""
import json
import sys

from wasmtime import Config, Engine, ExitTrap, Linker, Module, Store, WasiConfig

file, invocation = sys.argv[1:]
invocation = json.loads(invocation)
engine = Engine(Config())
store = Store(engine)
wasi = WasiConfig()
wasi.argv = [file, *invocation["args"]]
wasi.env = list(invocation["env"].items())
for guest, host in invocation["dirs"].items():
    wasi.preopen_dir(host, guest)
wasi.inherit_stdin()
wasi.inherit_stdout()
wasi.inherit_stderr()
store.set_wasi(wasi)
linker = Linker(engine)
linker.define_wasi()
instance = linker.instantiate(store, Module.from_file(engine, file))
try:
    instance.exports(store)["_start"](store)
except ExitTrap as exit:
    sys.exit(exit.code)
