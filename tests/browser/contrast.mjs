// The contrast of every text of a page as it is rendered: 7 to 1, and 4.5 to 1 from 24 px on.

/** What is too faint on the present page, as `{words, ratio, wanted, ink, paper}`; runs in the page. */
export function faintTexts() {
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a), b: top.b * top.a + below.b * (1 - top.a), a: 1,
  });
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((value) => value / 255).map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  // What lies behind an element: its own and its ancestors' grounds, the nearest on top.
  const ground = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const colour = parse(getComputedStyle(each).backgroundColor);
      if (colour.a > 0) layers.push(colour);
      if (colour.a === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 });
  };
  const opacity = (element) => {
    let all = 1;
    for (let each = element; each; each = each.parentElement) all *= Number(getComputedStyle(each).opacity);
    return all;
  };
  const faint = [];
  const judge = (element, words, colour, size) => {
    const paper = ground(element);
    const ink = parse(colour);
    ink.a *= opacity(element);
    const [light, dark] = [luminance(over(ink, paper)), luminance(paper)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const wanted = size >= 24 ? 4.5 : 7;
    if (ratio < wanted - 0.005) faint.push({ words: words.slice(0, 20), ratio: Math.round(ratio * 100) / 100, wanted, ink: colour, paper: `${paper.r},${paper.g},${paper.b}`, where: element.className || element.localName });
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.data.trim();
    const element = node.parentElement;
    if (!words || !element || /^(script|style|noscript|video|audio|option)$/i.test(element.localName) || element.closest('.unseen, .skip, :disabled')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (box.width === 0 || box.height === 0 || style.visibility === 'hidden') continue;
    judge(element, words, style.color, parseFloat(style.fontSize));
  }
  // What stands in a field until somebody writes there.
  for (const field of document.querySelectorAll('input[placeholder]')) {
    const style = getComputedStyle(field, '::placeholder');
    if (field.getClientRects().length) judge(field, field.placeholder, style.color, parseFloat(style.fontSize));
  }
  return faint;
}
