// 核对方案的增强：在原文里选一段，填进“起、止”；在单位里边写边找。没有脚本时，从列表里选、按“找”，同样办得成。
"use strict";

(() => {
  const left = document.getElementById("left");
  const told = document.getElementById("picked");

  // 选区的一头在原文里的位置：所在一行的起点（data-at）加上行内前面的字数，按字算，不按编码单元算。
  const place = (node, offset) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const line = element && element.closest("[data-at]");
    if (!line || !left.contains(line)) return null;
    const range = document.createRange();
    range.setStart(line, 0);
    range.setEnd(node, offset);
    return Number(line.dataset.at) + [...range.toString()].length;
  };

  const fill = (select, offset, words) => {
    let option = [...select.options].find((one) => one.value === String(offset));
    if (!option) {
      option = new Option(`选中的：${words}`, String(offset));
      option.dataset.picked = "1";
      select.querySelectorAll("[data-picked]").forEach((old) => old.remove());
      select.prepend(option);
    }
    select.value = String(offset);
  };

  // 打开一项来改时，原文也走到那一项。
  const opened = document.getElementById("open");
  const card = opened && opened.closest("section.task");
  const words = left && card && document.getElementById(card.id.replace("t", "p"));
  if (words) left.scrollTop += words.getBoundingClientRect().top - left.getBoundingClientRect().top - left.clientHeight / 3;

  if (left && told) {
    document.addEventListener("selectionchange", () => {
      const chosen = document.getSelection();
      if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return;
      const range = chosen.getRangeAt(0);
      if (!left.contains(range.commonAncestorContainer)) return;
      const start = place(range.startContainer, range.startOffset);
      const end = place(range.endContainer, range.endOffset);
      if (start === null || end === null || end <= start) return;
      const words = [...String(chosen).replace(/\s+/g, " ")];
      const shown = (part) => part.slice(0, 16).join("") + (part.length > 16 ? "……" : "");
      document.querySelectorAll("[data-offset=start]").forEach((one) => fill(one, start, shown(words)));
      document.querySelectorAll("[data-offset=end]").forEach((one) => fill(one, end, shown(words.slice(-16))));
      told.textContent = `选中 ${words.length} 字，已填进“起止”和“补一项”`;
    });
  }

  // 边写边找：不合的单位收起来，勾过的一直看得见。
  const find = document.querySelector("[data-narrow]");
  if (!find) return;
  const groups = [...document.querySelectorAll(`#${find.dataset.narrow} details`)];
  find.addEventListener("input", () => {
    const wanted = find.value.trim();
    groups.forEach((group) => {
      let any = false;
      group.querySelectorAll(".pick").forEach((one) => {
        const fits = !wanted || one.textContent.includes(wanted) || one.querySelector("input").checked;
        one.hidden = !fits;
        any = any || fits;
      });
      group.hidden = !any;
      if (wanted) group.open = true;
    });
  });
})();
