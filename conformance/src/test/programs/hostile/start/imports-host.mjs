import "host:isolate";
