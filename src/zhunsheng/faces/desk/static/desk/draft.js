// What is being typed into a report survives a lost connection, a reload and the way back: it is kept in this tab only
// (sessionStorage), under the version of the record, and forgotten as soon as the server has taken it.
(function () {
  "use strict";
  var form = document.querySelector("form[data-draft]");
  if (!form) { return; }
  var store;
  try { store = window.sessionStorage; } catch (error) { return; }
  var key = "draft:" + form.getAttribute("data-draft");
  var record = key.slice(0, key.lastIndexOf("-") + 1);

  function fields() {
    return Array.prototype.filter.call(form.elements, function (one) {
      return one.name && ["file", "hidden", "submit", "button"].indexOf(one.type) < 0;
    });
  }
  function typed() {
    var found = {};
    fields().forEach(function (one) { found[one.name] = one.type === "checkbox" ? one.checked : one.value; });
    return found;
  }
  function fill(found) {
    fields().forEach(function (one) {
      if (!(one.name in found)) { return; }
      if (one.type === "checkbox") { one.checked = found[one.name]; } else { one.value = found[one.name]; }
    });
  }
  Object.keys(store).forEach(function (name) {
    if (name.indexOf(record) === 0 && name !== key) { store.removeItem(name); }
  });
  var kept = store.getItem(key);
  if (kept && kept !== JSON.stringify(typed())) {
    fill(JSON.parse(kept));
    var said = document.createElement("div");
    said.className = "notice is-soon mt";
    said.setAttribute("role", "status");
    said.textContent = "上次没有存成的内容已经填回来，请看过再存。附件要重新选。";
    form.parentNode.insertBefore(said, form);
  }
  form.addEventListener("input", function () {
    try { store.setItem(key, JSON.stringify(typed())); } catch (error) { /* full: the page works without it */ }
  });
}());
