import { nothing } from "node:http";
nothing();
