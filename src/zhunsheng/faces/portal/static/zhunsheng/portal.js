// 读方案的增强：没有脚本时同样的链接、同样的表单都走得通。
"use strict";

(() => {
  const left = document.getElementById("left");
  const right = document.getElementById("right");
  const wide = window.matchMedia("(min-width: 61.01em)");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");

  // 交稿：先在本机看大小，免得白传；提交后按钮说“正在读”。
  const intake = document.getElementById("intake");
  if (intake) {
    const file = intake.elements.file;
    const button = intake.querySelector("[data-busy]");
    const words = button.textContent;
    const check = () => {
      const large = file.files.length > 0 && file.files[0].size > 50 * 1024 * 1024;
      file.setCustomValidity(large ? "这个文件超过 50 MB。方案的文字通常不到 1 MB：请删去图片和附件，或者只粘贴正文。" : "");
      if (large) file.reportValidity();
    };
    file.addEventListener("change", check);
    intake.addEventListener("submit", () => {
      intake.setAttribute("aria-busy", "true");
      button.textContent = button.dataset.busy;
    });
    window.addEventListener("pageshow", () => {
      intake.removeAttribute("aria-busy");
      button.textContent = words;
    });
  }

  if (!left || !right) return;

  // 点一边，只滚动另一边，并标出那一处。
  const pane = (element) => (left.contains(element) ? left : right.contains(element) ? right : null);

  const light = (target) => {
    document.querySelectorAll(".here, .lit").forEach((old) => old.classList.remove("here", "lit"));
    target.classList.add("here");
    const task = /^[tp](\d+)$/.exec(target.id);
    if (task) left.querySelectorAll(`[data-task="${task[1]}"]`).forEach((line) => line.classList.add("lit"));
  };

  const show = (target) => {
    const box = pane(target);
    if (!box) return;
    if (target.hidden) clear();
    light(target);
    if (wide.matches) {
      const bar = box.querySelector(".bar1").offsetHeight;
      const top = target.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
      const room = box.clientHeight - bar;
      const lead = Math.max(16, Math.min(room / 3, (room - target.offsetHeight) / 2));
      box.scrollTo({ top: top - bar - lead, behavior: still.matches ? "auto" : "smooth" });
    } else {
      target.scrollIntoView({ block: "center" });
    }
    if (!target.matches("a, button")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  };

  const named = (hash) => (hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null);

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest('a[href^="#"]');
    if (link) {
      const target = named(link.getAttribute("href"));
      if (!target || !pane(target)) return;
      event.preventDefault();
      const contents = link.closest("details");
      if (contents) contents.open = false;
      history.pushState(null, "", link.getAttribute("href"));
      show(target);
      return;
    }
    const line = event.target.closest(".doc [data-task]");
    if (line && String(window.getSelection()) === "") show(document.getElementById(`t${line.dataset.task}`));
  });

  window.addEventListener("popstate", () => {
    const target = named(location.hash);
    if (target) show(target);
  });

  // 只看一家单位，或只看存疑。
  const filter = document.getElementById("filter");
  if (!filter) return;
  const choice = document.getElementById("unit");
  const shown = document.getElementById("count");
  const told = document.getElementById("told");
  const cards = [...right.querySelectorAll("section.task")];
  const groups = [...right.querySelectorAll(".grp1")];

  const apply = () => {
    const wanted = choice.value;
    const fits = (card) =>
      wanted === "" || (wanted === "doubt" ? card.classList.contains("doubt") : card.dataset.units.split(" ").includes(wanted));
    cards.forEach((card) => (card.hidden = !fits(card)));
    groups.forEach((group) => {
      let next = group.nextElementSibling;
      let any = false;
      while (next && next.matches("section.task")) {
        any = any || !next.hidden;
        next = next.nextElementSibling;
      }
      group.hidden = !any;
    });
    const count = cards.filter((card) => !card.hidden).length;
    const only = choice.selectedOptions[0].textContent.replace(/（\d+）$/, "");
    shown.textContent = wanted === "" ? `${count} 项` : `${count} / ${cards.length} 项，${wanted === "doubt" ? only : `只看${only}`}`;
    told.textContent = wanted === "" ? `全部 ${count} 项任务` : `${only}：${count} 项任务`;
  };

  const clear = () => {
    choice.value = "";
    apply();
  };

  filter.hidden = false;
  choice.addEventListener("change", () => {
    apply();
    const first = cards.find((card) => !card.hidden);
    if (choice.value === "" || !first) return;
    const heading = document.getElementById("tasks").getBoundingClientRect().top - right.getBoundingClientRect().top;
    right.scrollTo({ top: right.scrollTop + heading - right.querySelector(".bar1").offsetHeight });
  });
  filter.addEventListener("submit", (event) => event.preventDefault());
  if (choice.value !== "") apply();
})();
