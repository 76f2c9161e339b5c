"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  // Digits stay Latin, as the sources type them.
  const numbers = new Intl.NumberFormat(data.language === "ar" ? "ar-u-nu-latn" : data.language, { maximumFractionDigits: 0 });
  const finer = new Intl.NumberFormat(numbers.resolvedOptions().locale, { maximumFractionDigits: 2, numberingSystem: "latn" });
  const word = (key, n) => (n === undefined ? data.words[key] : data.words[key].replace("{n}", numbers.format(n)));
  const make = (tag, text, dir) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (dir) element.dir = dir;
    return element;
  };
  const state = { day: 0, layer: "water", place: null, timer: null };

  // What a place has on a day, and what is drawn of its hazard.
  const serviceOn = (place, service, day) => {
    const [now, comes] = place.services[service];
    if (now === "has") return "has";
    if (comes !== null && comes !== undefined && comes <= day) return "gained";
    return now;
  };
  const hazardOn = (place, day) => {
    if (place.hazard === "released") return "released";
    if (place.work.some(([start, end]) => start <= day && day < end)) return "work";
    const isDone = place.work.length > 0 && place.work.every(([, end]) => end <= day);
    return isDone && place.hazard !== "none" ? "completed" : place.hazard;
  };
  const calendar = (day) => {
    if (!data.start) return "";
    const at = new Date(`${data.start}T00:00:00Z`);
    at.setUTCDate(at.getUTCDate() + day);
    return `\u2066${at.toISOString().slice(0, 10)}\u2069`; // a date reads from left to right everywhere
  };

  const cells = all(".cells .cell");
  const hazardWords = all(".hazard-words text");
  const links = all(".links .link");
  const sites = all(".sites .site[data-site]");
  const frame = one(".map-frame");

  const drawCells = () => {
    cells.forEach((cell, index) => {
      const place = data.places[index];
      const hazard = hazardOn(place, state.day);
      const service = state.layer === "hazard" ? "none" : serviceOn(place, state.layer, state.day);
      const chosen = index === state.place ? " chosen" : "";
      cell.setAttribute("class", `cell is-${service} hz-${hazard}${chosen}`);
      hazardWords[index].textContent = hazard === "none" ? "" : data.hazards_short[hazard];
    });
  };
  const drawLinks = () => {
    links.forEach((link, index) => {
      const opens = data.links[index];
      const now = opens === null || opens > state.day ? "blocked" : opens <= 0 ? "open" : "gained";
      link.setAttribute("class", `link ${now}${link.classList.contains("main") ? " main" : ""}`);
    });
    sites.forEach((site, index) => {
      const works = data.sites[index];
      site.setAttribute("class", `site ${works !== null && works <= state.day ? "works" : "down"}`);
    });
  };
  const countPeople = () => {
    const isHazard = state.layer === "hazard";
    const counts = (place) => isHazard
      ? !["none", "released"].includes(hazardOn(place, state.day))
      : ["has", "gained"].includes(serviceOn(place, state.layer, state.day));
    const total = data.places.reduce((sum, place) => sum + place.people, 0);
    const served = data.places.filter(counts).reduce((sum, place) => sum + place.people, 0);
    const filled = word(isHazard ? "map.in_hazard" : "map.served", served)
      .replace("{total}", numbers.format(total))
      .replace("{share}", numbers.format(total > 0 ? (100 * served) / total : 0));
    one(".served-text").textContent = `${isHazard ? data.services_hazard : data.services[state.layer]}: ${filled}`;
  };
  const drawMarks = () => {
    const curves = one("#curves");
    if (curves) {
      const { left, width, horizon } = curves.dataset;
      const x = Number(left) + (Number(width) * Math.min(state.day, horizon)) / horizon;
      curves.querySelector(".day-mark").setAttribute("x1", x);
      curves.querySelector(".day-mark").setAttribute("x2", x);
      readCurves(state.day);
    }
    const gantt = one("#gantt");
    if (gantt) {
      const percent = `${(100 * Math.min(state.day, gantt.dataset.horizon)) / gantt.dataset.horizon}%`;
      gantt.querySelector(".day-mark").setAttribute("x1", percent);
      gantt.querySelector(".day-mark").setAttribute("x2", percent);
    }
  };
  const draw = () => {
    drawCells();
    drawLinks();
    countPeople();
    drawMarks();
    const date = calendar(state.day);
    all(".day-text").forEach((text) => { text.textContent = `${word("map.day")} ${state.day}${date ? ` · ${date}` : ""}`; });
    all("input.day").forEach((slider) => { slider.value = state.day; });
  };

  // The panel of one place.
  const when = (place, service) => {
    const [now, comes] = place.services[service];
    if (now === "has") return word("map.today");
    if (comes !== null && comes !== undefined) {
      const date = calendar(Math.ceil(comes));
      return `${word("map.on_day", Math.ceil(comes))}${date ? ` · ${date}` : ""}`;
    }
    return now === "unknown" ? word("map.unknown") : word("map.not_within", data.horizon);
  };
  const showPlace = (index) => {
    state.place = index;
    one("#choose-place").value = String(index);
    const place = data.places[index];
    const panel = one("#place-panel");
    const heading = make("h4");
    const [first, second] = data.language === "ar" ? [place.name[1] || place.name[0], place.name[0]] : [place.name[0] || place.name[1], place.name[1]];
    heading.append(make("bdi", first));
    if (second && second !== first) {
      const other = make("bdi", second);
      other.className = "second";
      heading.append(" ", other);
    }
    const list = make("dl");
    const row = (label, value, reason, prefix = `${word("map.why")}: `) => {
      const term = make("dt", label);
      term.append(make("span", value, "auto"));
      list.append(term);
      const text = make("dd", reason ? prefix : "");
      if (reason) text.append(make("bdi", reason));
      list.append(text);
    };
    row(word("map.people"), numbers.format(place.people), "");
    row(data.services_hazard, data.hazards[hazardOn(place, state.day)], place.said, "");
    Object.entries(data.services).forEach(([service, label]) => row(label, when(place, service), data.reasons[place.services[service][2]]));
    one(".panel").classList.add("has-place");
    panel.replaceChildren(heading, list, ...tasksOf(place));
    draw();
  };
  const tasksOf = (place) => {
    if (!place.tasks.length) return [];
    const title = make("p", `${word("map.tasks_here")}: ${place.tasks.length}`);
    title.style.fontWeight = "600";
    const list = make("ul");
    list.className = "here";
    place.tasks.forEach((index) => {
      const row = document.getElementById(`task-${index}`);
      const item = make("li", `${row.cells[0].firstChild.textContent} · `);
      item.append(make("bdi", row.cells[2].querySelector("bdi").textContent));
      list.append(item);
    });
    return [title, list];
  };
  // Pointing, choosing and zooming.
  const tip = make("div");
  tip.className = "tip";
  tip.hidden = true;
  document.body.append(tip);
  const showTip = (event, text) => {
    tip.textContent = text;
    tip.hidden = false;
    const left = Math.min(event.clientX + 14, window.innerWidth - tip.offsetWidth - 8);
    const below = event.clientY + 18;
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${below + tip.offsetHeight > window.innerHeight ? event.clientY - tip.offsetHeight - 10 : below}px`;
  };
  const hideTip = () => { tip.hidden = true; };
  cells.forEach((cell, index) => {
    const title = cell.querySelector("title");
    const names = title.textContent.trim();
    title.remove(); // our own tip says more than the browser's
    cell.addEventListener("pointermove", (event) => {
      const place = data.places[index];
      const text = state.layer === "hazard" ? data.hazards[hazardOn(place, state.day)] : when(place, state.layer);
      showTip(event, `${names} · ${numbers.format(place.people)} · ${text}`);
    });
    cell.addEventListener("pointerleave", hideTip);
  });
  const map = one("#city-map");
  const whole = map.getAttribute("viewBox").split(" ").map(Number);
  let view = [...whole];
  const look = (next) => {
    const width = Math.min(Math.max(next[2], whole[2] / 8), whole[2]);
    const height = (width * whole[3]) / whole[2];
    view = [
      Math.min(Math.max(next[0], 0), whole[2] - width),
      Math.min(Math.max(next[1], 0), whole[3] - height),
      width, height,
    ];
    map.setAttribute("viewBox", view.join(" "));
    map.classList.toggle("zoomed", width < whole[2]);
    keepSizes();
  };
  // Words and signs keep their size on the screen, so more of them find room when zoomed in.
  const scaleBar = one("#city-map .scale");
  const keepSizes = () => {
    const [x, y, width, height] = view;
    const perPixel = Math.max(width / (map.clientWidth || width), height / (map.clientHeight || height));
    map.style.setProperty("--zoom", perPixel);
    all("#city-map [data-need]").forEach((text) => {
      text.classList.toggle("tight", text.dataset.need * perPixel > 1.12);
    });
    const zoomed = width / whole[2];
    scaleBar.setAttribute("transform", `translate(${x + 18 * perPixel} ${y + height - 18 * perPixel}) scale(${zoomed} ${perPixel})`);
    const label = scaleBar.querySelector("text");
    label.textContent = word("map.scale").replace("{n}", finer.format(scaleBar.dataset.km * zoomed));
    label.setAttribute("transform", `translate(${label.getAttribute("x")} -9) scale(${perPixel / zoomed} 1) translate(${-label.getAttribute("x")} 9)`);
    one("#city-map .north").setAttribute("transform", `translate(${x + width - 26 * perPixel} ${y + 42 * perPixel}) scale(${perPixel})`);
  };
  const zoom = (factor) => {
    const [x, y, width, height] = view;
    look([x + (width - width * factor) / 2, y + (height - height * factor) / 2, width * factor]);
  };
  one(".zoom-tools").hidden = false;
  window.addEventListener("resize", keepSizes);
  keepSizes();
  one(".zoom-tools").addEventListener("click", (event) => {
    const kind = event.target.dataset.zoom;
    if (kind === "all") look(whole);
    else if (kind) zoom(kind === "in" ? 0.65 : 1 / 0.65);
  });
  let drag = null;
  map.addEventListener("pointerdown", (event) => { drag = { x: event.clientX, y: event.clientY, view, moved: false }; });
  window.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const perPixel = view[2] / map.clientWidth;
    const dx = event.clientX - drag.x;
    const dy = event.clientY - drag.y;
    if (Math.hypot(dx, dy) > 5) drag.moved = true;
    if (drag.moved && view[2] < whole[2]) look([drag.view[0] - dx * perPixel, drag.view[1] - dy * perPixel, view[2]]);
  });
  window.addEventListener("pointerup", (event) => {
    const wasDrag = drag && drag.moved;
    drag = null;
    const cell = event.target.closest && event.target.closest(".cells .cell");
    if (cell && !wasDrag) showPlace(Number(cell.dataset.place));
  });
  window.addEventListener("pointercancel", () => { drag = null; });
  one("#choose-place").addEventListener("change", (event) => {
    if (event.target.value !== "") showPlace(Number(event.target.value));
  });
  // Layer, day and play.
  all("input[name=layer]").forEach((radio) => {
    const choose = () => {
      state.layer = radio.value;
      frame.className = `map-frame layer-${state.layer}`;
      draw();
    };
    radio.addEventListener("change", choose);
    if (radio.checked) { // a browser may restore an earlier choice; drawn at the end
      state.layer = radio.value;
      frame.className = `map-frame layer-${state.layer}`;
    }
  });
  const stop = () => {
    clearInterval(state.timer);
    state.timer = null;
    one(".play").textContent = word("map.play");
    one(".play").setAttribute("aria-pressed", "false");
  };
  one(".play").addEventListener("click", () => {
    if (state.timer) return stop();
    if (state.day >= data.shown) state.day = 0;
    one(".play").textContent = word("map.pause");
    one(".play").setAttribute("aria-pressed", "true");
    const step = Math.max(1, Math.round(data.shown / 160));
    state.timer = setInterval(() => {
      state.day = Math.min(state.day + step, data.shown);
      draw();
      if (state.day >= data.shown) stop();
    }, 110);
    return undefined;
  });
  all("input.day").forEach((slider) => slider.addEventListener("input", () => {
    state.day = Number(slider.value);
    draw();
  }));

  // The curves: what each way has reached on the day, or under the pointer.
  const curvePaths = all("#curves path.curve");
  function readCurves(day) {
    curvePaths.forEach((path, index) => {
      const steps = path.dataset.steps.trim().split(" ").filter(Boolean).map((step) => step.split(",").map(Number));
      const reached = steps.filter(([at]) => at <= day).pop();
      const share = reached ? reached[1] : 0;
      const text = `${share.toLocaleString(data.language === "ar" ? "ar-u-nu-latn" : data.language)} % · ${word("map.on_day", day)}`;
      one(`[data-curve="${index}"]`).textContent = text;
    });
  }
  const curves = one("#curves");
  if (curves) {
    const pointed = (event) => {
      const box = curves.getBoundingClientRect();
      const units = curves.viewBox.baseVal;
      const scale = Math.min(box.width / units.width, box.height / units.height);
      const x = (event.clientX - box.left - (box.width - units.width * scale) / 2) / scale;
      const { left, width, horizon } = curves.dataset;
      return Math.round(Math.min(Math.max((x - left) / width, 0), 1) * horizon);
    };
    curves.addEventListener("pointermove", (event) => {
      const day = pointed(event);
      readCurves(day);
      const lines = curvePaths.map((path, index) => `${path.dataset.way}: ${one(`[data-curve="${index}"]`).textContent.split(" · ")[0]}`);
      showTip(event, `${word("map.on_day", day)} · ${lines.join(" · ")}`);
    });
    curves.addEventListener("pointerleave", () => { hideTip(); readCurves(state.day); });
    curves.addEventListener("click", (event) => { state.day = Math.min(pointed(event), data.shown); draw(); });
    curvePaths.forEach((path) => path.querySelector("title").remove());
  }
  // The Gantt chart: zoom, and the reasons of a task.
  const gantt = one("#gantt");
  if (gantt) {
    one(".gantt-zoom").hidden = false;
    one("#gantt-zoom").addEventListener("input", (event) => { gantt.style.width = `${event.target.value * 100}%`; });
    gantt.addEventListener("click", (event) => {
      const bar = event.target.closest(".bar");
      if (!bar) return;
      all(".bar.chosen, tr.chosen").forEach((element) => element.classList.remove("chosen"));
      bar.classList.add("chosen");
      const row = document.getElementById(`task-${bar.dataset.task}`);
      row.classList.add("chosen");
      const list = make("dl");
      [...row.cells].forEach((cell, index) => {
        list.append(make("dt", headings[index].textContent));
        list.append(make("dd", [...cell.childNodes].filter((node) => node.nodeName !== "svg" && node.className !== "mark").map((node) => node.textContent.trim()).filter(Boolean).join(" · "), "auto"));
      });
      const mark = row.querySelector(".mark");
      one("#task-readout").replaceChildren(list, ...(mark ? [make("p", `* ${mark.title}`)] : []));
      one("#task-readout").hidden = false;
    });
  }
  // The table of tasks: sort by a column, filter by words, kind and organisation.
  const table = one("#task-table");
  const headings = table ? [...table.tHead.rows[0].cells] : [];
  if (table) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const valueOf = (row, column) => {
      const cell = row.cells[column];
      return cell.dataset.sort === undefined ? cell.textContent.trim() : Number(cell.dataset.sort);
    };
    const sortBy = (column, direction) => {
      const sorted = [...rows].sort((a, b) => {
        const [x, y] = [valueOf(a, column), valueOf(b, column)];
        return direction * (typeof x === "number" ? x - y : x.localeCompare(y, data.language));
      });
      body.append(...sorted);
    };
    headings.forEach((heading, column) => {
      const button = make("button", heading.textContent);
      button.type = "button";
      heading.replaceChildren(button);
      button.addEventListener("click", () => {
        const direction = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        headings.forEach((other) => other.removeAttribute("aria-sort"));
        heading.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
        sortBy(column, direction);
      });
    });
    const filter = () => {
      const wanted = one("#task-search").value.trim().toLowerCase();
      const kind = one("#task-kind").value;
      const organisation = one("#task-organisation").value;
      let nShown = 0;
      rows.forEach((row, index) => {
        const isShown = texts[index].includes(wanted)
          && (!kind || row.dataset.kind === kind)
          && (!organisation || row.dataset.organisation === organisation);
        row.hidden = !isShown;
        nShown += isShown ? 1 : 0;
      });
      one("#task-count").textContent = `${nShown} / ${rows.length} ${word("plan.shown")}`;
    };
    one(".task-tools").hidden = false;
    ["#task-search", "#task-kind", "#task-organisation"].forEach((selector) => one(selector).addEventListener("input", filter));
    filter();
  }

  // Open and close all questions; on paper everything is open.
  all(".open-all").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const inside = all(`#${button.dataset.of} > details`);
      const open = inside.some((details) => !details.open);
      inside.forEach((details) => { details.open = open; });
      button.textContent = word(open ? "question.close_all" : "question.open_all");
    });
  });
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    closed.forEach((details) => { details.open = true; });
  });
  window.addEventListener("afterprint", () => closed.forEach((details) => { details.open = false; }));

  draw();
})();
