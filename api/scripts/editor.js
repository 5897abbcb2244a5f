// The editor of queries: highlighting, completion of our prefixes and terms, the keys that run a query.
// The textarea stays the field of the form; where this script does not run, it is the editor.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const KEYWORDS = (
  "SELECT CONSTRUCT DESCRIBE ASK DISTINCT REDUCED WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND VALUES " +
  "EXISTS GROUP HAVING ORDER ASC DESC LIMIT OFFSET PREFIX BASE SERVICE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT " +
  "STR LANG LANGMATCHES DATATYPE BOUND COALESCE REGEX CONTAINS STRSTARTS STRENDS CONCAT REPLACE"
).split(" ");

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.literal], color: "var(--good)" },
  { tag: tags.comment, color: "var(--ink-soft)", fontStyle: "italic" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--warn)" },
  { tag: [tags.atom, tags.number, tags.bool], color: "var(--bad)" },
]);

const LOOK = EditorView.theme({
  "&": { border: "1px solid var(--line-strong, var(--line))", borderRadius: "var(--radius, 6px)", fontSize: ".875rem" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--font-mono, monospace)", minHeight: "12rem", maxHeight: "36rem", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { background: "var(--panel, var(--paper))", color: "var(--ink-soft)", border: "0" },
  ".cm-tooltip": { background: "var(--paper)", color: "var(--ink)", border: "1px solid var(--line)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--mark, highlight)",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--paper)" },
});

/** @param {string} address @returns {() => Promise<{label: string, detail?: string, apply?: string, type: string}[]>} */
function wordsFrom(address) {
  let known;
  const load = async () => {
    const record = await (await fetch(address)).json();
    const language = document.documentElement.lang;
    return [
      ...record.terms.map((term) => ({
        label: term.name,
        detail: term.label[language] || term.label.ja || "",
        type: "property",
      })),
      ...Object.entries(record.prefixes).map(([name, start]) => ({
        label: `PREFIX ${name}: <${start}>`,
        type: "namespace",
      })),
      ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
    ];
  };
  return () => (known ??= load());
}

/** @param {ReturnType<typeof wordsFrom>} words */
function completing(words) {
  return async (context) => {
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) {
      const names = new Set(context.state.doc.toString().match(/[?$]\w+/g));
      names.delete(variable.text);
      return { from: variable.from, options: [...names].map((label) => ({ label, type: "variable" })) };
    }
    const word = context.matchBefore(/[\w:-]+/);
    if (!word && !context.explicit) return null;
    return { from: word ? word.from : context.pos, options: await words(), validFor: /^[\w:-]*$/ };
  };
}

/** @param {HTMLTextAreaElement} area @param {HTMLFormElement} form */
function edit(area, form) {
  const host = document.createElement("div");
  // In a shadow root the styles are adopted sheets of the document: the policy allows no style elements.
  const root = host.attachShadow({ mode: "open" });
  area.after(host);
  const run = () => {
    form.requestSubmit();
    return true;
  };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        StreamLanguage.define(sparql),
        syntaxHighlighting(COLOURS),
        autocompletion({ override: [completing(wordsFrom(form.dataset.words))] }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": form.querySelector("label[for=query]").textContent.trim(), lang: "en" }),
        keymap.of([
          { key: "Mod-Enter", run },
          ...closeBracketsKeymap,
          ...completionKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) area.value = update.state.doc.toString();
        }),
        LOOK,
      ],
    }),
  });
  area.hidden = true;
  form.querySelector("label[for=query]").addEventListener("click", () => view.focus());
  for (const note of document.querySelectorAll(".editor-keys")) note.hidden = false;
}

const form = document.querySelector("form.query");
const area = form && form.querySelector("textarea");
if (area) edit(area, form);
