let n = 0; function f() { n++; f(); } try { f(); } catch (e) { console.log(e.name, n > 100); }
