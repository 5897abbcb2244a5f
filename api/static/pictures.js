// What a picture gains where scripts run: zoom, drag, the near neighbours of a box, and a PNG.
"use strict";

const ZOOM = 1.25;
const PNG_PIXELS_AT_MOST = 32e6;

/** @param {string} words @param {() => void} act */
function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

/** @param {SVGSVGElement} svg @param {HTMLElement} frame */
function zooming(svg, frame) {
  const { width, height } = svg.viewBox.baseVal;
  let scale = 1;
  const set = (/** @type {number} */ wanted) => {
    const before = scale;
    scale = Math.min(4, Math.max(0.15, wanted));
    svg.setAttribute("width", String(width * scale));
    svg.setAttribute("height", String(height * scale));
    frame.scrollLeft = (frame.scrollLeft + frame.clientWidth / 2) * (scale / before) - frame.clientWidth / 2;
  };
  frame.addEventListener("keydown", (event) => {
    if (event.target === frame && (event.key === "+" || event.key === "-")) {
      set(event.key === "+" ? scale * ZOOM : scale / ZOOM);
    }
  });
  return { larger: () => set(scale * ZOOM), smaller: () => set(scale / ZOOM), fit: () => set(frame.clientWidth / width) };
}

/** @param {HTMLElement} frame */
function dragging(frame) {
  let from = null;
  let moved = false;
  frame.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0) {
      from = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
      moved = false;
    }
  });
  window.addEventListener("pointermove", (event) => {
    if (!from) return;
    moved = moved || Math.abs(event.clientX - from.x) + Math.abs(event.clientY - from.y) > 5;
    frame.classList.toggle("is-dragged", moved);
    frame.scrollLeft = from.left - (event.clientX - from.x);
    frame.scrollTop = from.top - (event.clientY - from.y);
  });
  window.addEventListener("pointerup", () => {
    from = null;
    frame.classList.remove("is-dragged");
  });
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("click", (event) => { if (moved) event.preventDefault(); }, true);
}

/** @param {SVGSVGElement} svg */
function neighbours(svg) {
  const arrows = [...svg.querySelectorAll(".arrow")];
  const names = [...svg.querySelectorAll(".arrow-name")];
  const boxes = [...svg.querySelectorAll(".box")];
  const leave = () => svg.classList.remove("is-focused");
  const enter = (/** @type {Element} */ box) => {
    const near = new Set([box.dataset.thing]);
    arrows.forEach((arrow, number) => {
      const touches = [arrow.dataset.from, arrow.dataset.to].includes(box.dataset.thing);
      arrow.classList.toggle("is-near", touches);
      names[number].classList.toggle("is-near", touches);
      if (touches) near.add(arrow.dataset.from).add(arrow.dataset.to);
    });
    boxes.forEach((other) => other.classList.toggle("is-near", near.has(other.dataset.thing)));
    svg.classList.add("is-focused");
  };
  for (const box of boxes) {
    box.addEventListener("pointerenter", () => enter(box));
    box.addEventListener("pointerleave", leave);
    box.addEventListener("focus", () => enter(box));
    box.addEventListener("blur", leave);
  }
}

/** @param {string} source */
async function savePng(source) {
  const image = new Image();
  image.src = source;
  await image.decode();
  const scale = Math.min(2, Math.sqrt(PNG_PIXELS_AT_MOST / (image.naturalWidth * image.naturalHeight)));
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * scale;
  canvas.height = image.naturalHeight * scale;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "lineage.png";
  link.click();
  URL.revokeObjectURL(link.href);
}

for (const tools of document.querySelectorAll(".picture-tools")) {
  const frame = tools.parentElement.querySelector(".picture-scroll");
  const svg = frame.querySelector("svg");
  const zoom = zooming(svg, frame);
  const words = tools.dataset;
  tools.append(
    button(words.zoomIn, zoom.larger),
    button(words.zoomOut, zoom.smaller),
    button(words.zoomFit, zoom.fit),
    button(words.png, () => savePng(`${words.source}&lang=${words.lang}`)),
  );
  tools.hidden = false;
  dragging(frame);
  neighbours(svg);
  const start = svg.querySelector(".box-start rect");
  if (start) frame.scrollLeft = start.x.baseVal.value - frame.clientWidth / 2;
}
