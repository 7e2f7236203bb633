import express from "no-such-package";
express();
