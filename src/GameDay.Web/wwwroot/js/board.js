// Everything the run board does without the server's help. Works with the circuit lost; without script the same forms post as they are.
import { tick } from "./board/clock.js";
import * as forms from "./board/forms.js";
import * as keys from "./board/keys.js";
import * as notes from "./board/notes.js";

notes.watch();
keys.watch();
forms.watch();

tick();
notes.adopt();
setInterval(tick, 250);
new MutationObserver(notes.adopt).observe(document.body, { subtree: true, childList: true });
