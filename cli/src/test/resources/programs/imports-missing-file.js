console.log("before");
import "./nowhere.js";
