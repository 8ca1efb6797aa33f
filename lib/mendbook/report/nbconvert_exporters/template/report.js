"use strict";
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const button = (words, act) => {
    const made = make("button", { type: "button", textContent: words });
    made.addEventListener("click", act);
    return made;
  };

  // Going to a place: what holds it is unfolded first. Ids are found in any case of letters.
  const find = (id) => id && (document.getElementById(id)
    ?? all("[id]").find((each) => each.id.toLowerCase() === id.toLowerCase()));
  const fold = (card, folded) => {
    card.classList.toggle("folded", folded);
    card.querySelector("h3 > button.fold")?.setAttribute("aria-expanded", String(!folded));
  };
  // Cards are laid out and charts drawn as they come into view, which moves all below them: what is
  // gone to is followed until it has stood still for some frames, or a person scrolls.
  let followed = null;
  for (const kind of ["wheel", "touchmove", "keydown", "mousedown"]) {
    addEventListener(kind, () => { followed = null; }, { passive: true });
  }
  const goTo = (target) => {
    followed = target;
    const follow = (turns, still) => {
      if (followed !== target) return;
      target.scrollIntoView({ behavior: "instant" });
      const top = target.getBoundingClientRect().top;
      requestAnimationFrame(() => {
        const moved = Math.abs(target.getBoundingClientRect().top - top) > 1;
        if (turns && (moved || still < 8)) follow(turns - 1, moved ? 0 : still + 1);
      });
    };
    follow(90, 0);
  };
  const open = (id) => {
    const target = find(id);
    if (!target) return;
    const card = target.closest("article[data-priority]");
    if (card) {
      card.hidden = false;
      fold(card, false);
    }
    for (let each = target; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
    if (!card) all(":scope > details", target).slice(0, 1).forEach((each) => { each.open = true; });
    goTo(target);
  };
  const go = (id) => {
    history.pushState(null, "", "#" + id);
    open(id);
  };

  // Copying: what was copied is said where it was asked for.
  const copy = async (words, asked) => {
    const before = asked.textContent;
    try {
      await navigator.clipboard.writeText(words);
      asked.textContent = "copied";
    } catch {
      asked.textContent = "not allowed here";
    }
    setTimeout(() => { asked.textContent = before; }, 1200);
  };

  // Charts: drawn when they are near, from the JSON beside them, in the page's own colours.
  const colours = (night) => night
    ? { ink: "#e3e8ef", grid: "#2a323d", box: "#1c232c" }
    : { ink: "#1c2430", grid: "#e2e6ec", box: "#ffffff" };
  const theme = (layout, night) => {
    const { ink, grid, box } = colours(night);
    const change = {
      "font.color": ink, paper_bgcolor: "rgba(0,0,0,0)",
      "hoverlabel.bgcolor": box, "hoverlabel.font.color": ink, "hoverlabel.bordercolor": grid,
    };
    for (const key of Object.keys(layout)) {
      if (/^[xy]axis\d*$/.test(key)) {
        change[key + ".gridcolor"] = grid;
        change[key + ".zerolinecolor"] = grid;
        change[key + ".linecolor"] = grid;
      }
    }
    return change;
  };
  // A slider of a chart becomes a list that a keyboard and a screen reader can use.
  const choice = (plot, { currentvalue, active, steps }) => {
    const select = make("select");
    steps.forEach((step, at) => select.add(new Option(step.label, at, at === active, at === active)));
    select.addEventListener("change", () => {
      const { method, args } = steps[select.value];
      Plotly[method](plot, ...args);
    });
    return make("label", { className: "tools" }, currentvalue.prefix, select);
  };
  // plotly.js lies packed in the page; it is unpacked once, when the first chart is near.
  let unpacking;
  const unpack = () => unpacking ??= (async () => {
    const packed = Uint8Array.from(atob(document.getElementById("plotly").textContent), (char) => char.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    document.head.append(make("script", { textContent: await new Response(stream).text() }));
  })();
  const anchors = (trace) => trace.meta?.anchors ?? trace.ids;
  const follow = (plot, facets) => plot.on("plotly_click", ({ points: [point] }) => {
    const id = anchors(point.data)?.[point.pointIndex ?? point.pointNumber];
    const wanted = Object.entries(facets).map(([axis, name]) => [name, String(point[axis])]);
    if (id) go(id);
    else if (wanted.length) narrow(new Map(wanted));
  });
  // What is long on an axis is short on a telephone.
  const narrowed = ({ meta, xaxis }, width) => {
    const short = meta?.narrow ?? {};
    if (width < 520 || !Object.keys(short).length) return short;
    const usual = Object.fromEntries(Object.keys(short).map((path) => [path, null]));
    return { ...usual, "xaxis.title.text": xaxis.title?.text ?? "" };
  };
  const fit = (plot) => {
    const change = narrowed(plot.layoutAsGiven, plot.clientWidth);
    if (Object.keys(change).length) Plotly.relayout(plot, change);
  };
  // A layout with changes named by their paths, so that a chart is drawn once.
  const changed = (layout, changes) => {
    const made = structuredClone(layout);
    for (const [path, value] of Object.entries(changes)) {
      const keys = path.split("."), last = keys.pop();
      const place = keys.reduce((within, key) => within[key] ??= {}, made);
      place[last] = value;
    }
    return made;
  };
  const drawing = new Map();
  const draw = (figure) => {
    if (!drawing.has(figure)) drawing.set(figure, unpack().then(() => {
      const { data, layout, config } = JSON.parse(figure.querySelector("script").textContent);
      const plot = figure.querySelector(".plot");
      const facets = layout.meta?.facets ?? {};
      for (const slider of layout.sliders ?? []) figure.querySelector(".scroll").before(choice(plot, slider));
      delete layout.sliders;
      plot.layoutAsGiven = layout;
      const linked = Object.keys(facets).length || data.some((trace) => anchors(trace)?.some(Boolean));
      plot.classList.toggle("linked", Boolean(linked));
      const drawn = changed(layout, { ...theme(layout, isDark()), ...(plot.clientWidth < 520 ? layout.meta?.narrow : {}) });
      return Plotly.newPlot(plot, data, { ...drawn, dragmode: false }, { ...config, displayModeBar: false })
        .then(() => { follow(plot, facets); reach(figure.querySelector(".scroll")); });
    }));
    return drawing.get(figure);
  };
  const figures = all("figure.chart").filter((figure) => figure.querySelector(".plot"));
  const plots = () => [...drawing.keys()].map((figure) => figure.querySelector(".plot")).filter((plot) => plot.layoutAsGiven);
  const reach = (box) => {
    const wide = box.scrollWidth > box.clientWidth + 1;
    if (wide) Object.assign(box, { tabIndex: 0, role: "group", ariaLabel: "Chart, scrolls sideways" });
    else for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
  };
  addEventListener("resize", () => {
    plots().forEach(fit);
    all(".chart .scroll").forEach(reach);
  });
  if (figures.length && "DecompressionStream" in window) {
    for (const details of all(".numbers")) details.open = false;
    const near = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) draw(entry.target);
    }, { rootMargin: "800px" });
    figures.forEach((figure) => near.observe(figure));
    const idle = () => new Promise((done) => window.requestIdleCallback ? requestIdleCallback(done, { timeout: 500 }) : setTimeout(done));
    const rest = async () => {
      for (const figure of figures) {
        await idle();
        await draw(figure);
      }
      root.dataset.charts = "drawn";
    };
    if (document.readyState === "complete") rest();
    else addEventListener("load", rest);
  } else {
    root.dataset.charts = "none";
  }
  const repaint = (night, more = () => ({})) => {
    for (const plot of plots()) Plotly.relayout(plot, { ...theme(plot.layoutAsGiven, night), ...more(plot) });
  };
  system.addEventListener("change", () => repaint(isDark()));

  // In print all is open but diffs of many pages and the grounds of each sentence; charts are half
  // as wide as a page, but for those that need all of it; and what a reader unfolds to check (how
  // each finding was decided, versions, what can stay) comes last, in small.
  const PAGE = 930, HALF = 452, RESTS = "What the sentences rest on";
  let closed = [], moved = [], printed;
  const printedHeight = ({ height }) => height > 340 ? Math.max(340, Math.round(height * .76)) : height;
  const last = (details) => details.querySelector(":scope > summary + .table, :scope > summary + .tools + .table")
    || details.closest("article[data-priority], #appendix");
  const place = (details) => {
    const card = details.closest("article");
    const heading = card.querySelector("h3").textContent.replace(/#$/, "");
    const isLast = details === all(":scope > details", card).pop();
    const name = make("p", { className: "name", textContent: isLast ? heading : `${heading}: ${details.firstElementChild.textContent}` });
    const part = make("div", {}, name, ...[...details.childNodes].filter((each) => each.nodeName !== "SUMMARY"));
    for (const table of all(".table", part).filter((each) => all("th", each).length > 3)) {
      for (const each of [table, table.previousElementSibling]) each?.classList.add("broad");
    }
    moved.push([details, part]);
    details.classList.add("moved");
    return part;
  };
  addEventListener("beforeprint", () => {
    if (printed) return;
    for (const each of all("main details")) each.classList.toggle("rests", each.firstElementChild.textContent === RESTS);
    const folded = all("main details:not([open]):not(.numbers, .rests)").filter((each) => !each.querySelector(":scope > pre.diff"));
    const aside = folded.filter(last);
    closed = folded.filter((each) => !aside.includes(each));
    const decided = make("div", { className: "decided" }), rest = make("div");
    for (const details of aside) (details.closest("article[data-priority]") ? decided : rest).append(place(details));
    printed = make("div", { className: "printed" }, make("p", { className: "title", textContent: "Appendix" }), decided, rest);
    if (aside.length) document.querySelector("main").append(printed);
    // printed before it could be drawn, as by a program: its table stands for the chart
    for (const figure of figures.filter((each) => !each.querySelector(".plot").layoutAsGiven)) {
      figure.classList.add("undrawn");
      closed.push(...all(".numbers:not([open])", figure));
    }
    for (const details of closed) details.open = true;
    repaint(false, (plot) => plot.closest(".wide") ? { width: PAGE } : {
      width: HALF, height: printedHeight(plot.layoutAsGiven), ...plot.layoutAsGiven.meta?.narrow,
    });
  });
  addEventListener("afterprint", () => {
    for (const figure of figures) figure.classList.remove("undrawn");
    for (const details of closed) details.open = false;
    for (const [details, part] of moved) {
      details.append(...[...part.childNodes].slice(1));
      details.classList.remove("moved");
    }
    printed?.remove();
    [closed, moved, printed] = [[], [], undefined];
    repaint(isDark(), (plot) => ({ width: null, height: plot.layoutAsGiven.height, autosize: true }));
    plots().forEach(fit);
  });

  // Dark or light follows the system until the reader chooses.
  const choose = document.querySelector("nav .theme");
  choose.hidden = false;
  choose.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    repaint(isDark());
  });

  // The totals table becomes tiles.
  for (const mark of all(".totals")) {
    const table = mark.nextElementSibling;
    const names = all("th", table), values = all("td", table);
    const list = make("dl", { className: "tiles" });
    names.forEach((name, at) => list.append(make("div", {},
      make("dt", { textContent: name.textContent }), make("dd", {}, ...values[at].childNodes))));
    table.replaceWith(list);
  }

  // Numbers sort as numbers, 0.08 before 0.1, severities and rungs by their order; what holds no
  // number comes last; words sort as words.
  const SCALE = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFO", "builds", "tests", "lints", "typechecks", "binds", "parses", "applies", "draft", "outline"];
  const numeric = (text) => {
    if (SCALE.includes(text)) return SCALE.indexOf(text);
    return /^[−-]?[\d,]*\.?\d+/.test(text) ? parseFloat(text.replace("−", "-").replaceAll(",", "")) : NaN;
  };
  const compare = (a, b) => {
    const [left, right] = [numeric(a), numeric(b)];
    if (!Number.isNaN(left) && !Number.isNaN(right) && left !== right) return left - right;
    if (Number.isNaN(left) !== Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
    return a.localeCompare(b, "en", { numeric: true });
  };

  // A long word in a table breaks where a folder or a part of a name ends, and not inside of one; what
  // has no such end, as a hash, breaks every so many letters.
  const WHOLE = 12, LETTERS = 18;
  const LONG_WORD = new RegExp(`\\S{${WHOLE + 1}}`), PART = new RegExp(`.{1,${WHOLE}}`, "gsu");
  const ENDS = /(?<=\/)(?!\/)|(?<=[-_,=?&])|(?<=:)(?![\d/])|(?=\.(?!\w{1,5}(?:\W|$)))|(?<=[a-z\d])(?=[A-Z])/;
  const pieces = (part) => part.length > LETTERS ? part.match(PART) : [part];
  const parts = (word) => LONG_WORD.test(word)
    ? word.split(ENDS).flatMap((part) => part.length > LETTERS ? part.split(/(?=\.)/).flatMap(pieces) : [part])
    : [word];
  const breakable = (words) => words.split(/(\s+)/)
    .flatMap((word) => parts(word).flatMap((part, at) => at ? [make("wbr"), part] : [part]));
  for (const cell of all("main td")) {
    const words = cell.textContent;
    if (words.length <= WHOLE && /[ -]/.test(words)) cell.classList.add("whole");
    if (!LONG_WORD.test(words)) continue;
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) if (LONG_WORD.test(walker.currentNode.data)) found.push(walker.currentNode);
    for (const node of found) node.replaceWith(...breakable(node.data));
    if (all("code", cell).some((each) => /^[^ ]*\/[^ ]*$/.test(each.textContent))) cell.classList.add("holds-path");
  }
  // On a telephone the rows of a table with many columns are cards, each value under its heading.
  const telephone = matchMedia("(max-width: 40rem)");
  const stack = () => {
    if (!telephone.matches) return;
    for (const table of all("main .table > table:not(.index, .stack)")) {
      const heads = all("thead th", table).map((head) => head.textContent.trim());
      if (heads.length < 4) continue;
      table.classList.add("stack");
      for (const row of table.tBodies[0]?.rows ?? []) {
        [...row.cells].forEach((cell, at) => {
          if (at) cell.dataset.name = heads[at];
          cell.classList.toggle("none", at > 0 && /^[—·]$/.test(cell.textContent.trim()));
        });
      }
      roles(table);
    }
  };
  const roles = (table) => {
    const named = [[table, "table"], ...all("thead, tbody", table).map((each) => [each, "rowgroup"]),
      ...all("tr", table).map((each) => [each, "row"]), ...all("th", table).map((each) => [each, "columnheader"]),
      ...all("td", table).map((each) => [each, "cell"])];
    for (const [each, role] of named) each.setAttribute("role", role);
  };

  // Tables: a click on a heading sorts; long ones can be filtered.
  const sortable = (table) => {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 2) return;
    all("thead th", table).forEach((head, column) => {
      const sort = make("button", { type: "button" }, ...head.childNodes);
      head.append(sort);
      sort.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of all("thead th", table)) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const text = (row) => row.cells[column]?.textContent.trim() ?? "";
        const rows = [...body.rows].sort((a, b) => compare(text(a), text(b)) * (down ? -1 : 1));
        body.append(...rows);
      });
    });
    if (body.rows.length > 7 && !table.closest(".findings + .table, .numbers")) {
      const tools = bar("Filter this table");
      tools.input.addEventListener("input", () => show([...body.rows], tools));
      table.parentElement.before(tools.box);
    }
  };
  const bar = (label) => {
    const input = make("input", { type: "search", placeholder: label, ariaLabel: label });
    const output = make("output");
    return { box: make("div", { className: "tools" }, input, output), input, output };
  };
  const show = (items, { input, output }) => {
    const wanted = input.value.toLowerCase();
    let shown = 0;
    for (const item of items) {
      item.hidden = !item.textContent.toLowerCase().includes(wanted);
      shown += !item.hidden;
    }
    output.textContent = shown === items.length ? "" : `${shown} of ${items.length}`;
  };
  all("table").forEach(sortable);

  // Findings: each card is folded to its heading and its story, and opened by whoever links to it.
  const cards = all("article[data-priority]");
  for (const card of cards) {
    const head = card.querySelector("h3");
    const toggle = button("", () => fold(card, !card.classList.contains("folded")));
    toggle.className = "fold";
    toggle.append(...head.childNodes);
    head.append(toggle);
    fold(card, true);
  }
  // Parts that hold no chart, and long tables, are laid out when they are near.
  const LONG = 30;
  for (const part of all("main article:not([data-priority])")) {
    if (!part.querySelector("figure, .findings")) part.classList.add("apart");
  }
  for (const table of all("main .table:not(.findings ~ .table) > table")) {
    const { length } = table.tBodies[0]?.rows ?? [];
    if (length < LONG) continue;
    table.parentElement.classList.add("apart");
    table.parentElement.style.containIntrinsicSize = `auto ${3 * length}rem`;
  }
  // Each heading can be linked to, and its address copied.
  for (const head of all("main :is(h2, h3, h4)")) {
    const id = head.id || head.closest("article, section")?.id;
    const owner = head.id ? head : head.parentElement;
    if (!id || owner.id !== id) continue;
    const link = make("a", { href: "#" + id, className: "copy", textContent: "#", ariaLabel: "Link to " + head.textContent.split(" — ")[0] });
    link.addEventListener("click", () => navigator.clipboard?.writeText(link.href).catch(() => {}));
    head.append(link);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && !link.classList.contains("copy") && !link.hash.startsWith("#?")) open(decodeURIComponent(link.hash.slice(1)));
  });
  addEventListener("hashchange", () => open(decodeURIComponent(location.hash.slice(1))));

  // Patches: what is shown can be copied; where it is the whole patch, the page hands out the file.
  const save = (diff) => {
    const link = make("a", { download: diff.dataset.patch, href: URL.createObjectURL(new Blob([diff.textContent])) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  for (const diff of all("pre.diff")) {
    const copying = button("Copy", () => copy(diff.textContent, copying));
    const tools = make("div", { className: "tools patch" }, copying);
    if (diff.dataset.patch) tools.append(button("Download", () => save(diff)));
    diff.before(tools);
  }
  for (const link of all("article a[href^='PATCHES/']")) {
    const name = decodeURIComponent(link.getAttribute("href")).split("/").pop();
    const diff = all("pre.diff", link.closest("article")).find((each) => each.dataset.patch === name);
    if (diff) link.addEventListener("click", (event) => { event.preventDefault(); save(diff); });
  }

  // The index of findings: search, facets with counts, and both kept in the address.
  let narrow = () => {};
  const index = document.querySelector(".findings + .table table");
  const FACETS = ["Severity", "Priority", "Dimension", "Owner", "Sprint", "File", "Patch", "Status"];
  if (index && index.tBodies[0]) {
    const rows = [...index.tBodies[0].rows];
    const columns = all("thead th", index).map((head) => head.textContent.trim());
    const values = new Map(rows.map((row) => [row, columns.map((_, at) => row.cells[at].textContent.trim())]));
    const at = (row, name) => values.get(row)[columns.indexOf(name)];
    const card = new Map(rows.map((row) => [row, document.getElementById(row.cells[0].querySelector("a")?.hash.slice(1))]));
    const tools = bar("Search the findings ( / )");
    tools.box.classList.add("sticky");
    const selects = FACETS.map((name) => {
      const select = make("select", { ariaLabel: name });
      select.dataset.facet = name;
      select.addEventListener("change", () => update());
      tools.output.before(select);
      return select;
    });
    // Where the window is narrow, owner and file stand below the title; on a telephone each row is a card.
    const NAMED = new Set(["Hours", "PR", "Sprint", "Patch"]);
    roles(index);
    for (const row of rows) {
      const place = columns.indexOf("File");
      const narrow = make("span", { className: "narrow" }, ` · ${at(row, "Owner")} · `, ...[...row.cells[place].childNodes].map((each) => each.cloneNode(true)));
      const status = at(row, "Status");
      row.cells[1].append(make("span", { className: "more" }, at(row, "Dimension"), status === "open" ? "" : ` · ${status}`, narrow));
      columns.forEach((name, column) => { if (NAMED.has(name)) row.cells[column].dataset.name = name; });
    }
    const longest = Math.max(...rows.map((row) => at(row, "ID").length));
    index.style.setProperty("--id", `${Math.min(9, Math.max(4.5, 1.4 + .56 * longest))}rem`);
    index.classList.add("index");
    index.classList.toggle("many", rows.length > LONG);
    const order = make("select", { className: "order", ariaLabel: "Order" });
    order.append(new Option("Order", ""), ...columns.map((name, column) => new Option("by " + name.toLowerCase(), column)));
    order.addEventListener("change", () => {
      if (order.value) all("thead th button", index)[order.value].click();
      order.value = "";
    });
    for (const select of selects) select.hidden = new Set(rows.map((row) => at(row, select.dataset.facet))).size < 2;
    let words;
    const text = (row) => (words ??= new Map(rows.map((each) =>
      [each, (each.textContent + " " + (card.get(each)?.textContent ?? "")).toLowerCase()]))).get(row);
    const chosen = () => new Map(selects.filter((each) => each.value).map((each) => [each.dataset.facet, each.value]));
    const fits = (row, wanted, facets, but = "") =>
      (!wanted || text(row).includes(wanted)) && [...facets].every(([name, value]) => name === but || at(row, name) === value);
    const fill = (facets, wanted) => {
      for (const select of selects) {
        const name = select.dataset.facet, value = facets.get(name) ?? "";
        const counts = new Map();
        for (const row of rows) if (fits(row, wanted, facets, name)) counts.set(at(row, name), (counts.get(at(row, name)) ?? 0) + 1);
        if (value && !counts.has(value)) counts.set(value, 0);
        const options = [...counts].sort(([a], [b]) => compare(a, b));
        select.replaceChildren(new Option(`${name} (${options.length})`, ""), ...options.map(([word, times]) => new Option(`${word} (${times})`, word)));
        select.value = value;
      }
    };
    const keep = (facets, wanted) => {
      const state = new URLSearchParams([...facets, ...(wanted ? [["q", wanted]] : [])]).toString();
      history.replaceState(null, "", state ? "#?" + state : location.hash.startsWith("#?") ? "#" : location.hash || "#");
    };
    // Of many findings the index answers first; cards, then counts and address follow in the next frames.
    const many = rows.length > 100;
    const next = (act) => many ? requestAnimationFrame(() => setTimeout(act)) : act();
    let turn = 0;
    const update = (keeping = true) => {
      const facets = chosen(), wanted = tools.input.value.trim().toLowerCase(), mine = turn += 1;
      const fit = new Map(rows.map((row) => [row, fits(row, wanted, facets)]));
      const flip = (item, shown) => { if (item && item.hidden === shown) item.hidden = !shown; };
      for (const [row, shown] of fit) flip(row, shown);
      tools.output.textContent = `${rows.filter((row) => fit.get(row)).length} of ${rows.length}`;
      const rest = () => {
        if (mine !== turn) return;
        fill(facets, wanted);
        if (keeping) keep(facets, wanted);
      };
      const flipCards = () => {
        if (mine !== turn) return;
        for (const [row, shown] of fit) flip(card.get(row), shown);
        next(rest);
      };
      next(flipCards);
    };
    narrow = (facets) => {
      tools.input.value = "";
      fill(facets, "");
      update();
      tools.box.scrollIntoView();
    };
    // What cards say is read once, before the first letter.
    tools.input.addEventListener("focus", () => text(rows[0]), { once: true });
    let typing;
    tools.input.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(update, many ? 80 : 0);
    });
    const opening = button("Open all", () => {
      const folded = opening.textContent === "Close all";
      cards.forEach((each) => fold(each, folded));
      opening.textContent = folded ? "Open all" : "Close all";
    });
    tools.box.append(order, opening);
    index.parentElement.before(tools.box);
    fill(new Map(), "");
    if (location.hash.startsWith("#?")) {
      const state = new URLSearchParams(location.hash.slice(2));
      tools.input.value = state.get("q") ?? "";
      fill(new Map(FACETS.filter((name) => state.has(name)).map((name) => [name, state.get(name)])), "");
      update(false);
    }
    tools.output.textContent ||= `${rows.length} of ${rows.length}`;

    // Keys: / searches, j and k go from card to card, ? says so.
    let current = -1;
    const move = (step) => {
      const visible = cards.filter((each) => !each.hidden);
      if (!visible.length) return;
      current = Math.min(Math.max(current + step, 0), visible.length - 1);
      open(visible[current].id);
      visible[current].querySelector("button.fold").focus({ preventScroll: true });
    };
    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
      if (event.key === "/") { event.preventDefault(); tools.input.focus(); tools.box.scrollIntoView({ block: "center" }); }
      if (event.key === "j") move(1);
      if (event.key === "k") move(-1);
      if (event.key === "?") {
        tools.output.textContent = "/ search · j next finding · k the one before";
        tools.box.scrollIntoView({ block: "center" });
      }
    });
  }
  if (!location.hash.startsWith("#?")) open(decodeURIComponent(location.hash.slice(1)));

  stack();
  telephone.addEventListener("change", stack);

  // Contents: mark where the reader is; folded on a small screen.
  const links = new Map(all("nav ol a").map((link) => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "0px 0px -75% 0px" });
  all("main > section").forEach((section) => seen.observe(section));
  if (matchMedia("(max-width: 62rem)").matches) document.querySelector("nav details").open = false;
})();
