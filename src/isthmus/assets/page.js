/* Draws the charts of a page from the options that stand beside them, fits them to the screen and marks the chapter in view. */
(function () {
  "use strict";
  var NARROW = 560, PAPER = 660, COMPACT = 0.8, BAR = 18, SMALLER = 0.55, MARK = 6, LEAST_MARK = 4, FAR = 48;
  var language = document.documentElement.lang || "en";
  var style = getComputedStyle(document.documentElement);
  var INK = style.getPropertyValue("--ink").trim();
  var MUTED = style.getPropertyValue("--muted").trim();
  var LINE = style.getPropertyValue("--line").trim();

  /* ---- numbers: the language's separators, a true minus sign, a plus where a sign is asked for ---- */
  function write(value, how, besides) {
    if (value === null || value === undefined || value === "" || isNaN(value)) return "–";
    var digits = typeof how.digits === "number" ? how.digits : decimals([value].concat(besides || []));
    var options = { maximumFractionDigits: digits, minimumFractionDigits: how.trim ? 0 : digits, useGrouping: !how.plain };
    var rounded = Number(Number(value).toFixed(digits));
    if (rounded === 0) return "0" + (how.unit || "");
    var sign = rounded < 0 ? "−" : how.signed && rounded > 0 ? "+" : "";
    return sign + new Intl.NumberFormat(language, options).format(Math.abs(rounded)) + (how.unit || "");
  }

  /* As many decimals as values shown together need; the same rule as in the text of the report. */
  function decimals(values) {
    var most = Math.max.apply(null, values.map(function (v) { return isNaN(v) ? 0 : Math.abs(v); }));
    return most >= 20 ? 1 : most < 0.000005 ? 0 : most >= 0.05 ? 2 : most >= 0.0025 ? 3 : most >= 0.00025 ? 4 : 5;
  }

  function escape(words) {
    return echarts.format.encodeHTML(String(words));
  }

  /* Formatters that an option may name: {"$format": "number", "digits": 2, "signed": true, "unit": " %"} */
  var FORMATS = {
    number: function (how) {
      return function (value) {
        var v = value !== null && typeof value === "object" && "value" in value ? value.value : value;
        return write(Array.isArray(v) ? v[how.at === undefined ? v.length - 1 : how.at] : v, how);
      };
    },
    interval: function (how) {
      return function (p) {
        var v = p.value;
        var title = [p.seriesName, v[5]].filter(Boolean).map(escape).join(" · ");
        return title + "<br><b>" + escape(write(v[2], how, [v[1], v[3]])) + "</b> (" + escape(write(v[1], how, [v[3]])) + " … " + escape(write(v[3], how, [v[1]])) + ")";
      };
    },
    step: function (how) {
      return function (p) {
        var v = p.value, base = v[1], told = escape(v[6]) + "<br><b>" + escape(write(v[5], how)) + "</b>";
        return v[3] === v[4] ? told : told + " (" + escape(write(v[3] - base, how)) + " … " + escape(write(v[4] - base, how)) + ")";
      };
    },
    years: function (how) {
      return function (list) {
        var bands = {};
        list.forEach(function (p) { if (p.seriesType === "custom") bands[p.seriesName] = p.value; });
        var rows = list.filter(function (p) { return p.seriesType === "line"; }).map(function (p) {
          var band = bands[p.seriesName];
          var range = band ? " (" + write(band[1], how, [band[2]]) + " … " + write(band[2], how, [band[1]]) + ")" : "";
          return escape(p.seriesName) + ": <b>" + escape(write(p.value, how)) + "</b>" + escape(range);
        });
        return [escape(list[0].axisValueLabel)].concat(rows).join("<br>");
      };
    },
    cell: function (how) {
      return function (p) { return escape(p.name + ": " + write(p.value[2], how)); };
    },
    named: function (how) {
      return function (p) {
        var value = Array.isArray(p.value) ? p.value[p.value.length - 1] : p.value;
        return escape(p.name) + "<br>" + escape(p.seriesName) + ": <b>" + escape(write(value, how)) + "</b>";
      };
    },
    span: function () {
      return function (p) {
        var v = p.value, last = v[2] - 1;
        return escape(v[4]) + "<br>" + escape(p.seriesName) + ": <b>" + (last > v[1] ? v[1] + "–" + last : v[1]) + "</b>" + (v[3] ? "<br>" + escape(v[3]) : "");
      };
    },
    pair: function (how) {
      return function (p) {
        var title = [p.seriesName, p.name].filter(Boolean).map(escape).join(" · ");
        return title + "<br><b>" + escape(write(p.value[0], how.x)) + "</b> · <b>" + escape(write(p.value[1], how.y)) + "</b>";
      };
    }
  };

  function revive(node) {
    if (Array.isArray(node)) return node.map(revive);
    if (node === null || typeof node !== "object") return node;
    if (node.$format) return FORMATS[node.$format](node);
    var copy = {};
    Object.keys(node).forEach(function (key) { copy[key] = revive(node[key]); });
    return copy;
  }

  /* ---- an interval on a category row: a bar from low to high, a mark at the central value, both ends written out ---- */
  function mark(shape, x, y, r, colour) {
    var look = { fill: colour, stroke: "#fff", lineWidth: 1.5 };
    if (shape === "diamond") return { type: "polygon", shape: { points: [[x, y - r * 1.25], [x + r * 1.25, y], [x, y + r * 1.25], [x - r * 1.25, y]] }, style: look };
    if (shape === "square") return { type: "rect", shape: { x: x - r, y: y - r, width: 2 * r, height: 2 * r }, style: look };
    return { type: "circle", shape: { cx: x, cy: y, r: r }, style: look };
  }

  function drawInterval(params, api) {
    var how = params.itemPayload || {};
    var row = api.value(0), low = api.value(1), mid = api.value(2), high = api.value(3), shift = api.value(4);
    if (isNaN(low) || isNaN(high)) return null;
    var band = api.size([0, 1])[1];
    var a = api.coord([low, row]), m = api.coord([mid, row]), b = api.coord([high, row]);
    var size = how.fontSize || 14, head = how.head || 0;
    var gap = Math.min(14, (band - head) * 0.16), y = a[1] - band / 2 + head + (head ? 0 : gap / 2) + (shift + 0.5) * (band - head - gap);
    var colour = api.visual("color"), r = how.mark || MARK, room = params.coordSys;
    var across = each(how.across).map(function (at) { return api.coord([at, row])[0]; });
    var told = toldOf(low, high, how, size, how.font);
    var labels = beside(told, Math.min(a[0], m[0] - r), Math.max(b[0], m[0] + r), across, room.x - 2, room.x + room.width + how.spare).words;
    return {
      type: "group",
      children: [
        { type: "rect", shape: { x: a[0], y: y - 4, width: Math.max(b[0] - a[0], 1), height: 8, r: 4 }, style: { fill: colour, opacity: 0.34 } },
        { type: "line", shape: { x1: a[0], x2: b[0], y1: y, y2: y }, style: { stroke: colour, lineWidth: 1.5 } }
      ].concat(low === high ? [] : [a[0], b[0]].map(function (x) {
        return { type: "line", shape: { x1: x, x2: x, y1: y - 4, y2: y + 4 }, style: { stroke: colour, lineWidth: 1.5 } };
      })).concat([mark(how.shape, m[0], y, r, colour)]).concat(labels.map(function (label) {
        return words(label.text, label.x, y, label.align, size, how.font);
      }))
    };
  }

  /* Both ends of a range in writing, each alone and both in a row, with their widths; ends that read the same are written once. */
  function toldOf(low, high, how, size, font) {
    var first = write(low, how, [high]), last = write(high, how, [low]), both = first + " … " + last;
    function wide(text) { return { text: text, width: widthOf(text, size, font) }; }
    return { first: wide(first), last: wide(last), both: wide(both), once: low === high || first === last };
  }

  /* Where the numbers of a range from `a` to `b` stand between `from` and `to`: one at each end, else both behind or before it. */
  function beside(told, a, b, across, from, to) {
    function before(one) { return { text: one.text, align: "right", x: clearOf(across, a - 6, one.width, -1) }; }
    function behind(one) { return { text: one.text, align: "left", x: clearOf(across, b + 6, one.width, 1) }; }
    function fitsBefore(one) { return before(one).x - one.width >= from; }
    function fitsBehind(one) { return behind(one).x + one.width <= to; }
    if (told.once) return { fits: fitsBehind(told.last), words: [behind(told.last)] };
    if (!fitsBefore(told.first)) return { fits: fitsBehind(told.both), words: [behind(told.both)] };
    if (!fitsBehind(told.last)) return { fits: fitsBefore(told.both), words: [before(told.both)] };
    return { fits: true, words: [before(told.first), behind(told.last)] };
  }

  /* A number that a line of the chart would run through moves to its other side, unless that is far from the range. */
  function clearOf(across, x, width, way) {
    var at = x;
    across.slice().sort(function (p, q) { return way * (p - q); }).forEach(function (line) {
      var low = way > 0 ? at : at - width;
      if (line > low - 3 && line < low + width + 3) at = line + way * 6;
    });
    return Math.abs(at - x) > FAR ? x : at;
  }

  /* Widths are measured here: the library counts every letter outside ASCII as wide as a Chinese one when it breaks lines. */
  var ruler = document.createElement("canvas").getContext("2d");
  function widthOf(text, size, font) {
    ruler.font = size + "px " + font;
    return ruler.measureText(text).width;
  }

  /* Break a label into lines of at most `most` pixels, at spaces or between Chinese characters. */
  function broken(text, most, size, font) {
    var lines = [""];
    (String(text).match(/[“（《]*[\u2e80-\u9fff\uff00-\uffef][”）》，。、；：！？]*|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+/g) || []).forEach(function (piece) {
      var longer = lines[lines.length - 1] + piece;
      if (lines[lines.length - 1] && widthOf(longer.trimEnd(), size, font) > most) lines.push(piece.trimStart());
      else lines[lines.length - 1] = longer;
    });
    return lines.map(function (line) { return line.trimEnd(); });
  }

  /* Words on a ground of their own, so that no line behind them crosses them out. */
  function words(text, x, y, align, size, font) {
    return { type: "text", silent: true, z2: 10, style: { text: text, x: x, y: y, fill: INK, backgroundColor: "#fff", fontSize: size, fontFamily: font, align: align, verticalAlign: "middle" } };
  }

  /* ---- a step of a waterfall: a bar from start to start plus central, a line for its own range ---- */
  function drawStep(params, api) {
    var how = params.itemPayload || {};
    var row = api.value(0), from = api.value(1), to = api.value(2), low = api.value(3), high = api.value(4);
    var band = api.size([0, 1])[1], head = how.head || 0, size = how.fontSize || 14;
    var y = api.coord([0, row])[1] + head / 2;
    var x0 = api.coord([from, row])[0], x1 = api.coord([to, row])[0];
    var l = api.coord([low, row])[0], h = api.coord([high, row])[0];
    var half = Math.min((band - head) * 0.32, 12), colour = api.visual("color");
    return {
      type: "group",
      children: [
        { type: "rect", shape: { x: Math.min(x0, x1), y: y - half, width: Math.max(Math.abs(x1 - x0), 1.5), height: 2 * half, r: 1 }, style: { fill: colour } },
        words(write(api.value(5), how), Math.max(x0, x1, h) + 6, y, "left", size, how.font)
      ].concat(low === high ? [] : [[l, h, y, y], [l, l, y - 4, y + 4], [h, h, y - 4, y + 4]].map(function (p) {
        return { type: "line", shape: { x1: p[0], x2: p[1], y1: p[2], y2: p[3] }, style: { stroke: INK, lineWidth: 1.5 } };
      }))
    };
  }

  /* ---- a band between two lines, point by point ---- */
  function drawBand(params, api) {
    if (params.context.done) return null;
    params.context.done = true;
    var upper = [], lower = [], n = params.dataInsideLength;
    for (var i = 0; i < n; i++) {
      var at = params.itemPayload.points[i];
      if (at[1] === null || at[2] === null) continue;
      upper.push(api.coord([at[0], at[2]]));
      lower.unshift(api.coord([at[0], at[1]]));
    }
    return { type: "polygon", silent: true, shape: { points: upper.concat(lower) }, style: { fill: api.visual("color"), opacity: 0.2 } };
  }

  /* ---- a stretch of years on a category row; the second kind is pale with an outline, words stand behind the last ---- */
  function drawSpan(params, api) {
    var how = params.itemPayload, row = api.value(0);
    var band = api.size([0, 1])[1], head = how.head || 0, size = how.fontSize || 14;
    var a = api.coord([api.value(1), row]), b = api.coord([api.value(2), row]);
    var y = a[1] + head / 2, half = Math.min((band - head) * 0.34, 12), colour = api.visual("color");
    return {
      type: "group",
      children: [
        { type: "rect", shape: { x: a[0] + 1, y: y - half, width: Math.max(b[0] - a[0] - 2, 2), height: 2 * half, r: 2 }, style: { fill: colour, fillOpacity: how.pale ? 0.25 : 1, stroke: colour, lineWidth: 1.5 } },
        words(how.words[params.dataIndex] || "", b[0] + 6, y, "left", size, how.font)
      ]
    };
  }

  /* ---- the ranges of both values of a point ---- */
  function drawCross(params, api) {
    var x = api.value(0), y = api.value(1), colour = api.visual("color");
    var l = api.coord([api.value(2), y]), r = api.coord([api.value(3), y]), d = api.coord([x, api.value(4)]), u = api.coord([x, api.value(5)]);
    function bar(p, q) { return { type: "line", shape: { x1: p[0], y1: p[1], x2: q[0], y2: q[1] }, style: { stroke: colour, lineWidth: 2, opacity: 0.45 } }; }
    return { type: "group", children: [bar(l, r), bar(d, u)] };
  }

  /* ---- a line across one row, below the label that stands above the row's data ---- */
  function drawRule(params, api) {
    var at = api.coord([api.value(1), api.value(0)]), half = api.size([0, 1])[1] / 2;
    return { type: "line", silent: true, shape: { x1: at[0], x2: at[0], y1: at[1] - half + params.itemPayload.head, y2: at[1] + half }, style: { stroke: api.visual("color"), lineWidth: 1 } };
  }

  var DRAW = { interval: drawInterval, step: drawStep, band: drawBand, span: drawSpan, cross: drawCross, rule: drawRule };

  /* ---- one option for a wide and a narrow screen: text is never smaller than the page's, rows carry their label above ---- */
  function each(value) { return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]; }

  function enlarge(node, size) {
    if (Array.isArray(node)) { node.forEach(function (n) { enlarge(n, size); }); return; }
    if (node === null || typeof node !== "object") return;
    Object.keys(node).forEach(function (key) {
      if (key === "fontSize" && typeof node[key] === "number" && node[key] < size) node[key] = size;
      else if (key !== "data" || typeof (each(node.data)[0]) === "object") enlarge(node[key], size);
    });
  }

  function fit(option, width) {
    var narrow = width < NARROW, size = narrow ? 16 : 14, font = getComputedStyle(document.body).fontFamily;
    var fitted = revive(option);
    fitted.animation = false;
    fitted.textStyle = Object.assign({ color: INK }, fitted.textStyle, { fontFamily: font, fontSize: size });
    enlarge(fitted, size);
    each(fitted.xAxis).concat(each(fitted.yAxis)).forEach(function (axis) {
      var value = axis.type === "value" || axis.type === "log";
      axis.axisLabel = Object.assign({ color: value ? MUTED : INK, hideOverlap: value }, axis.axisLabel);
      axis.axisLabel.fontSize = Math.max(axis.axisLabel.fontSize || 0, size);
      axis.nameTextStyle = Object.assign({ color: MUTED }, axis.nameTextStyle, { fontSize: size });
      axis.axisLine = Object.assign({ lineStyle: { color: LINE } }, axis.axisLine);
      axis.axisTick = Object.assign({ show: false }, axis.axisTick);
      if (value) {
        axis.splitLine = Object.assign({ lineStyle: { color: LINE } }, axis.splitLine);
        if (narrow && axis.splitNumber === undefined) axis.splitNumber = 3;
      }
    });
    each(fitted.legend).forEach(function (legend) {
      legend.textStyle = Object.assign({ color: INK }, legend.textStyle, { fontSize: size });
      if (legend.type === undefined) legend.type = "plain";
      if (narrow) { legend.left = 0; legend.right = 0; legend.itemGap = 12; }
    });
    each(fitted.visualMap).forEach(function (map) { map.textStyle = Object.assign({ color: INK }, map.textStyle, { fontSize: size }); });
    each(fitted.tooltip).forEach(function (tip) {
      tip.confine = true;
      tip.textStyle = Object.assign({}, tip.textStyle, { fontSize: size });
    });
    var rows = each(fitted.yAxis).some(function (axis) { return axis.type === "category"; });
    var bars = each(fitted.series).every(function (series) { return series.type === "bar" || series.type === "custom" || series.type === "scatter"; });
    var above = narrow && rows && bars, matrix = narrow && each(fitted.series).every(function (series) { return series.type === "heatmap"; });
    if (matrix) namesBetween(fitted, beyond(fitted, 0, width, size, font));
    var lines = breakLabels(fitted, matrix ? width - 8 : above ? width - 30 : narrow ? width * 0.36 : width > 600 ? 330 : 260, size, font);
    var head = above ? labelsAbove(fitted, lines, size) : 0;
    fitted.$lines = lines;
    roomForLegend(fitted, width, size, font);
    each(fitted.xAxis).forEach(function (axis) {
      if (axis.type === "category" && axis.position === "top") stagger(axis, matrix ? columnOf(axis, width, size, font) : 0.62 * width / each(axis.data).length, size, font);
    });
    if (narrow) each(fitted.grid).forEach(function (grid) { grid.left = 2; grid.right = Math.max(8, beyond(fitted, -1, width, size, font)); });
    var plot = above ? width - 10 : width - fitted.$widest - 32, spare = narrow ? 4 : 14, across = linesAcross(fitted);
    roomForNumbers(fitted, plot, across, size, font, spare);
    evenSteps(fitted, plot, above ? 0 : fitted.$widest, spare, size, font);
    var marks = markOf(fitted, plot);
    if (head) rulesPerRow(fitted);
    each(fitted.series).forEach(function (series) {
      if (series.label) series.label.fontSize = Math.max(series.label.fontSize || 0, size);
      if (head && series.type === "scatter") series.symbolOffset = [0, head / 2];
      if (head && series.type === "bar") series.barWidth = BAR;
      if (narrow && series.coordinateSystem === "geo") each(series.data).forEach(function (d) { if (d.symbolSize) d.symbolSize *= SMALLER; });
      if (series.labelLayout) series.labelLayout = series.coordinateSystem === "geo" ? insideOf(width, 0, 2) : insideOf(width, size, widthOf("+00.0", size, font) + 12);
      if (series.type !== "custom" || typeof series.renderItem !== "string") return;
      series.z = 6;
      series.itemPayload = Object.assign({}, series.itemPayload, { head: head, fontSize: size, font: font, spare: spare, mark: marks, across: across });
      var draw = DRAW[series.renderItem], payload = series.itemPayload;
      series.renderItem = function (params, api) { params.itemPayload = payload; return draw(params, api); };
    });
    if (head && each(fitted.series).some(function (series) { return series.type === "bar"; })) fitted.series = [spacer(fitted, head)].concat(fitted.series);
    return fitted;
  }

  /* The name of each row of a matrix moves from the left margin to a row of its own above it, as far left as its first head. */
  function namesBetween(fitted, reach) {
    each(fitted.yAxis).forEach(function (axis) {
      axis.data = [].concat.apply([], each(axis.data).map(function (name) { return [name, ""]; }));
      axis.axisLabel = Object.assign({}, axis.axisLabel, { inside: true, align: "left", margin: -reach, interval: 0 });
      axis.axisLine = { show: false };
      axis.z = 10;
    });
    each(fitted.series).forEach(function (series) {
      series.data.forEach(function (cell) { cell.value[1] = 2 * cell.value[1] + 1; });
    });
  }

  /* An empty bar as high as the label above a row, so that the bar itself stands below the label. */
  function spacer(fitted, head) {
    return { type: "bar", stack: "$head", barWidth: head, barGap: "0%", silent: true, itemStyle: { opacity: 0 }, data: each(each(fitted.yAxis)[0].data).map(function () { return 0; }) };
  }

  /* The name of a point stays inside its chart and clear of the numbers of its axis; where it is pushed over the point it goes below or above it. */
  function insideOf(width, lift, left) {
    return function (label) {
      var r = label.labelRect, dx = r.x < left ? left - r.x : Math.min(0, width - 2 - r.x - r.width);
      return { hideOverlap: true, dx: dx, dy: Math.sign(dx) * lift };
    };
  }

  /* Width of a column of a matrix on a narrow screen, where its first and its last head reach beyond their columns. */
  function columnOf(axis, width, size, font) {
    var names = each(axis.data), ends = widthOf(String(names[0]), size, font) + widthOf(String(names[names.length - 1]), size, font);
    return Math.min(width / names.length, (width - ends / 2) / Math.max(1, names.length - 1));
  }

  /* How far the first (0) or last (-1) head of a matrix reaches beyond its column. */
  function beyond(fitted, which, width, size, font) {
    return Math.max.apply(null, [0].concat(each(fitted.xAxis).map(function (axis) {
      if (axis.type !== "category" || axis.position !== "top") return 0;
      return (widthOf(String(each(axis.data).slice(which)[0]), size, font) - columnOf(axis, width, size, font)) / 2 + 4;
    })));
  }

  /* Values at which a line runs across all rows: zero, a target, the end of a year. */
  function linesAcross(fitted) {
    return [].concat.apply([], each(fitted.series).map(function (series) {
      return each(series.markLine && series.markLine.data).map(function (line) { return line.xAxis; });
    })).filter(function (at) { return typeof at === "number"; });
  }

  /* A line across all rows becomes one in each row, where labels stand above the rows: it would run through them. */
  function rulesPerRow(fitted) {
    var rows = each(each(fitted.yAxis)[0].data), drawn = [];
    each(fitted.series).forEach(function (series) {
      if (!series.markLine) return;
      each(series.markLine.data).forEach(function (line) {
        if (typeof line.xAxis !== "number") return;
        drawn.push({
          type: "custom", renderItem: "rule", silent: true, color: series.markLine.lineStyle.color, encode: { x: 1, y: 0 },
          data: rows.map(function (_, row) { return [row, line.xAxis]; })
        });
        line.label.opacity = 1;
      });
      series.markLine.lineStyle = Object.assign({}, series.markLine.lineStyle, { opacity: 0 });
    });
    fitted.series = each(fitted.series).concat(drawn);
  }

  /* The value axis grows, by as little as will do, until the numbers beside each bar, and the words behind it, have room. */
  function roomForNumbers(fitted, plot, across, size, font, spare) {
    var axis = each(fitted.xAxis)[0];
    if (!axis || axis.type !== "value" || typeof axis.max !== "number" || typeof axis.min !== "number") return;
    var lowest = axis.min, highest = axis.max, part = (highest - lowest) / 40, needs = [];
    each(fitted.series).forEach(function (series) {
      var how = series.itemPayload;
      each(series.data).forEach(function (v, k) {
        if (series.renderItem === "span" && how.words[k]) needs.push({ end: v[2], width: widthOf(how.words[k], size, font) + 20 });
        if (series.renderItem === "interval") needs.push({ low: Math.min(v[1], v[2]), high: Math.max(v[2], v[3]), told: toldOf(v[1], v[3], how, size, font) });
      });
    });
    function fits(need) {
      var pixel = plot / (axis.max - axis.min);
      function at(value) { return (value - axis.min) * pixel; }
      if (!need.told) return at(need.end) + need.width <= plot + spare;
      return beside(need.told, at(need.low) - MARK, at(need.high) + MARK, across.map(at), 0, plot + spare - 2).fits;
    }
    for (var grown = 0; grown <= 60; grown++) {
      for (var left = 0; left <= (lowest < 0 ? grown : 0); left++) {
        axis.min = lowest - left * part;
        axis.max = highest + (grown - left) * part;
        if (needs.every(fits)) return;
      }
    }
  }

  /* Marks are smaller where they would cover the ranges that they stand on; all marks of a chart have one size. */
  function markOf(fitted, plot) {
    var axis = each(fitted.xAxis)[0], pixel = axis && typeof axis.max === "number" ? plot / (axis.max - axis.min) : 0, least = 4 * MARK;
    each(fitted.series).forEach(function (series) {
      if (series.renderItem !== "interval" || !pixel) return;
      each(series.data).forEach(function (v) {
        var long = (v[3] - v[1]) * pixel;
        if (long >= 2 * LEAST_MARK) least = Math.min(least, long);  // under any mark a shorter one is hidden
      });
    });
    return Math.max(LEAST_MARK, least / 4);
  }

  /* A value axis has its lines at round numbers from zero; where these would touch, every second, fifth or tenth is written. */
  function evenSteps(fitted, plot, before, behind, size, font) {
    var axis = each(fitted.xAxis)[0];
    if (!axis || axis.type !== "value" || !axis.interval || typeof axis.max !== "number" || typeof axis.min !== "number") return;
    var formatter = axis.axisLabel.formatter, steps = axis.axisLabel.customValues, pixel = plot / (axis.max - axis.min);
    if (!steps) {
      steps = [];
      for (var k = Math.ceil(axis.min / axis.interval - 1e-9); k * axis.interval <= axis.max + 1e-9 * axis.interval; k++) steps.push(Number((k * axis.interval).toPrecision(8)));
    }
    function edges(value, k, list) {
      var at = (value - axis.min) * pixel, wide = widthOf(String(formatter(value)), size, font);
      if (k === 0 && at - wide / 2 < -before) return [at, at + wide, "left"];
      if (k === list.length - 1 && at + wide / 2 > plot + behind) return [at - wide, at, "right"];
      return [at - wide / 2, at + wide / 2, "center"];
    }
    function every(n) { return steps.filter(function (value) { return Math.round(value / axis.interval) % n === 0; }); }
    function apart(n) {
      return every(n).map(edges).every(function (edge, k, all) { return !k || all[k - 1][1] + 8 <= edge[0]; });
    }
    var told = every([1, 2, 5, 10].find(apart) || 10), ends = told.map(edges);
    axis.axisTick = Object.assign({}, axis.axisTick, { customValues: steps });
    axis.axisLabel = Object.assign({}, axis.axisLabel, { customValues: told, hideOverlap: false, alignMinLabel: ends.length ? ends[0][2] : "center", alignMaxLabel: ends.length ? ends[ends.length - 1][2] : "center" });
  }

  /* Heads of columns that would touch stand on lines in turn, each above its column, never slanted. */
  function stagger(axis, column, size, font) {
    var widths = each(axis.data).map(function (name) { return widthOf(String(name), size, font) + 8; });
    function touch(lines) {
      return widths.some(function (w, i) { return i + lines < widths.length && (w + widths[i + lines]) / 2 > lines * column; });
    }
    var lines = 1;
    while (lines < widths.length && touch(lines)) lines += 1;
    axis.axisLabel.lineHeight = size + 6;
    axis.axisLabel.formatter = function (name, index) { return name + new Array(lines - index % lines).join("\n"); };
  }

  /* A legend that needs more than one line pushes the drawing down. */
  function roomForLegend(fitted, width, size, font) {
    var legend = each(fitted.legend)[0], grid = each(fitted.geo || fitted.grid)[0];
    fitted.$legend = 0;
    if (!legend || legend.show === false || !grid || legend.bottom !== undefined || legend.orient === "vertical") return;
    var names = each(legend.data).map(function (d) { return d.name || d; });
    if (!names.length) names = each(fitted.series).map(function (s) { return s.name || ""; });
    var lines = 1, used = 0;
    names.forEach(function (name) {
      var needed = widthOf(name, size, font) + 40;
      if (used && used + needed > width - 10) { lines += 1; used = 0; }
      used += needed;
    });
    fitted.$legend = (lines - 1) * (size + 12);
    if (typeof grid.top === "number") grid.top += fitted.$legend;
  }

  /* Row labels are broken into lines; returns the most lines that one of them takes. */
  function breakLabels(fitted, most, size, font) {
    var lines = 1;
    fitted.$widest = 0;
    each(fitted.yAxis).forEach(function (axis) {
      if (axis.type !== "category") return;
      each(axis.data).forEach(function (name) {
        var parts = broken(name, most, size, font);
        lines = Math.max(lines, parts.length);
        parts.forEach(function (part) { fitted.$widest = Math.max(fitted.$widest, widthOf(part, size, font)); });
      });
      var formatter = axis.axisLabel.formatter;
      axis.axisLabel.formatter = function (name, index) {
        var label = typeof formatter === "function" ? formatter(name, index) : typeof formatter === "string" ? formatter.replace("{value}", name) : name;
        return broken(label, most, size, font).join("\n");
      };
      axis.axisLabel.lineHeight = size + 4;
      axis.axisLabel.width = undefined;
      axis.axisLabel.overflow = "none";
    });
    return lines;
  }

  /* Row labels move from the left margin to the space above each row; returns the height they take there. */
  function labelsAbove(fitted, lines, size) {
    var line = size + 4;
    each(fitted.yAxis).forEach(function (axis) {
      if (axis.type !== "category") return;
      axis.axisLabel = Object.assign({}, axis.axisLabel, { inside: true, align: "left", verticalAlign: "bottom", margin: 0, interval: 0, textBorderColor: "#fff", textBorderWidth: 4 });
      axis.z = 10;
      axis.axisLine = { show: false };
      axis.$head = lines * line + 6;
    });
    return lines * line + 6;
  }

  function headOf(fitted) {
    return Math.max.apply(null, [0].concat(each(fitted.yAxis).map(function (axis) { return axis.$head || 0; })));
  }

  /* The height a figure asks for leaves one line for each label; longer labels and bars get what they need on top. */
  function extraHeight(fitted, size, height) {
    var head = headOf(fitted), rows = Math.max.apply(null, [0].concat(each(fitted.yAxis).map(function (axis) { return each(axis.data).length; })));
    if (!rows) return 0;
    var frame = fitted.visualMap ? 44 : 90;  // a matrix has its heads above it and no axis of values below
    if (!head) return rows * Math.max(0, fitted.$lines * (size + 4) + 8 - (height - frame) / rows);
    return rows * (head - size - 10);
  }

  function raiseLabels(chart, fitted) {
    each(fitted.yAxis).forEach(function (axis, i) {
      if (!axis.$head) return;
      var band = Math.abs(chart.convertToPixel({ yAxisIndex: i }, 1) - chart.convertToPixel({ yAxisIndex: i }, 0));
      if (!isFinite(band) || band === 0) band = chart.getHeight() * 0.7;
      axis.axisLabel.padding = [0, 0, Math.round(band / 2 - axis.$head + 2), 0];
    });
    chart.setOption({ yAxis: fitted.yAxis });
  }

  /* Height of a map's window as a share of its width. */
  function shapeOf(geo) {
    var a = geo.boundingCoords[0], b = geo.boundingCoords[1];
    return Math.abs(b[1] - a[1]) / (Math.abs(b[0] - a[0]) * geo.aspectScale);
  }

  function draw(box) {
    var option = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    if (option.$land) {
      option.geo.map = box.dataset.chart;
      echarts.registerMap(option.geo.map, option.$land);
      delete option.$land;
    }
    var heights = getComputedStyle(box), closed = box.closest(".closed, .first"), shape = option.geo && shapeOf(option.geo);
    var chart = echarts.init(box, null, { renderer: "svg", locale: "EN" });
    function paint() {
      var narrow = box.clientWidth < NARROW, fitted = fit(option, box.clientWidth);
      var height = parseFloat(heights.getPropertyValue(narrow ? "--narrow" : "--wide")) * (closed && !narrow ? COMPACT : 1);
      if (shape) height = Math.min(height, shape * (box.clientWidth - 16) + 52);
      box.style.height = height + extraHeight(fitted, narrow ? 16 : 14, height) + fitted.$legend + "px";
      chart.resize();
      chart.setOption(fitted, { notMerge: true });
      if (headOf(fitted)) raiseLabels(chart, fitted);
      box.querySelector("svg").setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
      box.dataset.drawn = "true";
    }
    paint();
    chart.on("click", function (params) { if (params.data && params.data.opens) unfold(params.data.opens); });
    return { box: box, width: box.clientWidth, paint: paint };
  }

  /* What lies behind a cell of a chart: opened, brought into view and given the focus, so that keys go on from there. */
  function unfold(name) {
    var part = document.getElementById(name);
    reveal(part);
    part.scrollIntoView();
    part.querySelector("summary").focus({ preventScroll: true });
  }

  /* Charts are drawn when they come to be seen: what lies in a closed part has no width to be fitted to. */
  var drawn = [];
  function drawWhatShows() {
    document.querySelectorAll("[data-chart]:not([data-drawn])").forEach(function (box) {
      if (!box.closest("details:not([open]), [hidden]")) drawn.push(draw(box));
    });
    again();
  }

  function again() {
    drawn.forEach(function (entry) {
      if (!entry.box.clientWidth || entry.box.clientWidth === entry.width) return;
      entry.width = entry.box.clientWidth;
      entry.paint();
    });
  }
  drawWhatShows();
  document.addEventListener("toggle", drawWhatShows, true);
  var waiting;
  window.addEventListener("resize", function () { clearTimeout(waiting); waiting = setTimeout(again, 80); });

  /* ---- a link to anything inside a closed part opens it ---- */
  function reveal(node) {
    for (var part = node; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    node.dispatchEvent(new Event("reveal", { bubbles: true }));
    drawWhatShows();
  }
  function follow() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    reveal(target);
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", follow);

  /* ---- views of one thing: tabs by click and arrow keys, a list where there are many ---- */
  document.querySelectorAll(".tabs").forEach(function (tabs) {
    var list = tabs.querySelector(".tablist"), panels = Array.prototype.filter.call(tabs.children, function (e) { return e.classList.contains("panel"); });
    list.setAttribute("role", "tablist");
    var buttons = panels.map(function (panel, k) {
      var button = document.createElement("button");
      button.type = "button";
      button.id = panel.id + "-tab";
      button.textContent = panel.dataset.label;
      button.setAttribute("role", "tab");
      button.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", button.id);
      button.addEventListener("click", function () { choose(k); });
      button.addEventListener("keydown", function (event) {
        var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        choose((k + step + panels.length) % panels.length).focus();
        event.preventDefault();
      });
      list.appendChild(button);
      return button;
    });
    function choose(at) {
      panels.forEach(function (panel, k) {
        panel.hidden = k !== at;
        buttons[k].setAttribute("aria-selected", String(k === at));
        buttons[k].tabIndex = k === at ? 0 : -1;
      });
      drawWhatShows();
      return buttons[at];
    }
    tabs.addEventListener("reveal", function (event) {
      panels.forEach(function (panel, k) { if (panel.contains(event.target)) choose(k); });
    });
    choose(0);
  });
  document.querySelectorAll(".picker").forEach(function (picker) {
    var select = picker.querySelector("select"), panels = picker.querySelectorAll(".panel");
    function choose() {
      panels.forEach(function (panel) { panel.hidden = panel.id !== select.value; });
      drawWhatShows();
    }
    select.addEventListener("change", choose);
    picker.addEventListener("reveal", function (event) {
      panels.forEach(function (panel) { if (panel.contains(event.target)) { select.value = panel.id; choose(); } });
    });
  });
  follow();

  /* ---- print: the brief and what the reader has opened, or everything on request ---- */
  window.addEventListener("beforeprint", function () {
    drawn.forEach(function (entry) { if (entry.box.clientWidth) entry.box.style.width = PAPER + "px"; });
    again();
  });
  window.addEventListener("afterprint", function () {
    drawn.forEach(function (entry) { entry.box.style.width = ""; });
    again();
  });
  document.querySelectorAll(".print-all").forEach(function (button) {
    button.addEventListener("click", function () {
      document.querySelectorAll("details.layer").forEach(function (layer) { layer.open = true; });
      drawWhatShows();
      window.print();
    });
  });

  /* ---- an annex is searched as one: words anywhere in a row, and a choice for each column that may be filtered ---- */
  document.querySelectorAll(".annex").forEach(function (annex) {
    var finder = annex.querySelector(".finder"), words = finder.querySelector("input"), told = finder.querySelector("output");
    var rows = Array.prototype.slice.call(annex.querySelectorAll(".grid tbody tr"));
    var choices = {};
    function cellOf(row, name) {
      return Array.prototype.find.call(row.cells, function (cell) { return cell.dataset.label === name; });
    }
    annex.querySelectorAll("th[data-filter]").forEach(function (head) {
      var name = head.textContent.trim();
      if (choices[name]) return;
      var values = {}, select = document.createElement("select");
      rows.forEach(function (row) { var cell = cellOf(row, name); if (cell) values[cell.textContent.trim()] = true; });
      select.setAttribute("aria-label", name);
      select.add(new Option(told.dataset.all.replace("{name}", name), ""));
      Object.keys(values).sort().forEach(function (value) { select.add(new Option(value, value)); });
      select.addEventListener("change", sift);
      finder.insertBefore(select, told);
      choices[name] = select;
    });
    function sift() {
      var wanted = words.value.trim().toLowerCase(), shown = 0;
      var chosen = Object.keys(choices).filter(function (name) { return choices[name].value; });
      rows.forEach(function (row) {
        var fits = row.textContent.toLowerCase().indexOf(wanted) >= 0 && chosen.every(function (name) {
          var cell = cellOf(row, name);
          return cell && cell.textContent.trim() === choices[name].value;
        });
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      var active = wanted || chosen.length;
      if (active) annex.querySelectorAll(".grid details").forEach(function (rest) { rest.open = true; });
      told.textContent = active ? told.dataset.found.replace("{shown}", shown).replace("{total}", rows.length) : "";
    }
    words.addEventListener("input", sift);
  });

  /* ---- a table shown several times stands in the page once: its other links use the first ---- */
  document.querySelectorAll('a.csv[href^="#"]').forEach(function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      document.getElementById(link.hash.slice(1)).click();
    });
  });

  /* ---- the chapter in view is marked in the list of chapters ---- */
  var links = document.querySelectorAll("nav.chapters a");
  if ("IntersectionObserver" in window) {
    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        links.forEach(function (link) {
          if (link.hash !== "#" + entry.target.id) { link.removeAttribute("aria-current"); return; }
          link.setAttribute("aria-current", "true");
          var list = link.closest("ul");
          list.scrollLeft = link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
        });
      });
    }, { rootMargin: "-20% 0px -70% 0px" });
    document.querySelectorAll("main > section[id]").forEach(function (section) { seen.observe(section); });
  }
})();
