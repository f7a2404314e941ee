/** Line drawings of our own, so that nothing depends on the machine's fonts. */

const LINES = {
  lock: "M5 8V6a3 3 0 0 1 6 0v2M3.5 8h9v6h-9z",
  hash: "M6.5 2 5 14M11 2 9.5 14M2.5 6h11M2 10h11",
  thread: "M2 3h12v8H8l-3.5 3v-3H2zM5 6h6M5 8.500h4",
  dots: "M8 3v.01M8 8v.01M8 13v.01",
  across: "M3 8v.01M8 8v.01M13 8v.01",
  cross: "M4 4l8 8M12 4l-8 8",
  left: "M10 3 5 8l5 5",
  send: "M2 3l12 5-12 5 2-5zM4 8h6",
  bolt: "M9 1 3 9h4l-1 6 7-9H8z",
  bars: "M2 4h12M2 8h12M2 12h12",
  moon: "M13 9.500A5.500 5.500 0 1 1 7 3a4.500 4.500 0 0 0 6 6.500z",
  eye: "M1 8s2.500-4.500 7-4.500S15 8 15 8s-2.500 4.500-7 4.500S1 8 1 8zM8 6.500a1.500 1.500 0 1 0 .01 0",
};
const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const [drawn, path] = [document.createElementNS(SVG, "svg"), document.createElementNS(SVG, "path")];
  drawn.setAttribute("viewBox", "0 0 16 16");
  drawn.setAttribute("class", "icon");
  drawn.setAttribute("aria-hidden", "true");
  path.setAttribute("d", LINES[name]);
  drawn.append(path);
  return drawn;
}
