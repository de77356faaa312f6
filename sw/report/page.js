// SPDX-License-Identifier: Apache-2.0
// Sorts the tables of a report and draws its plots. Without it the page still has all tables, and the
// data of every plot.
'use strict';

// Sorting takes these few lines; a library for it (and the one that it would need in turn) would be
// most of the page.
const collator = new Intl.Collator('en', {numeric: true});

function compareCells(a, b, direction) {
  const missing = ('missing' in a.dataset) - ('missing' in b.dataset);
  if (missing !== 0) {
    return missing;  // last in either direction
  }
  const order = 'value' in a.dataset ? a.dataset.value - b.dataset.value
                                     : collator.compare(a.textContent, b.textContent);
  return direction === 'descending' ? -order : order;
}

function sortBy(header) {
  const direction = header.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
  for (const other of header.parentElement.cells) {
    other.setAttribute('aria-sort', other === header ? direction : 'none');
  }
  const body = header.closest('table').tBodies[0];
  const column = header.cellIndex;
  body.append(...[...body.rows].sort(
      (a, b) => compareCells(a.cells[column], b.cells[column], direction)));
  document.querySelector('[role=status]').textContent = `Sorted by ${header.textContent}, ${direction}`;
}

for (const button of document.querySelectorAll('th > button')) {
  button.addEventListener('click', () => sortBy(button.parentElement));
}

/// A table that has more than its box shows says so at the edge; only then can keys scroll it.
function showEdges(box) {
  const {scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight} = box;
  const more = {
    left: scrollLeft > 1,
    right: scrollLeft + clientWidth < scrollWidth - 1,
    up: scrollTop > 1,
    down: scrollTop + clientHeight < scrollHeight - 1,
  };
  for (const [side, there] of Object.entries(more)) {
    box.parentElement.classList.toggle(`more-${side}`, there);
  }
  box.tabIndex = Object.values(more).includes(true) ? 0 : -1;
}

const resized = new ResizeObserver((entries) => entries.forEach(
    (entry) => showEdges(entry.target.closest('.scroll'))));
for (const box of document.querySelectorAll('.scroll')) {
  box.addEventListener('scroll', () => showEdges(box), {passive: true});
  resized.observe(box);
  resized.observe(box.firstElementChild);
  showEdges(box);
}

// Any two can be told from each other by eyes that lack one kind of cones, and each from white. Shapes
// have an inside, which is empty for published values; there are seven of them, so that colour and shape
// together repeat only after 56 pairs.
const kColours = ['#0072b2', '#d55e00', '#778855', '#bb7799', '#332299', '#661100', '#8844ff', '#442233'];
const kShapes = [['circle', 0], ['rect', 0], ['triangle', 0], ['rectRot', 0], ['triangle', 180], ['triangle', 90],
                 ['triangle', 270]];
const kTitleLetters = {x: 38, y: 30};  // in a line of an axis title, so that a phone shows them all
// CSS pixels that the library takes for its texts; letters are seldom wider.
const kLetter = 7;
const kLegendBox = 40;
const kLegendLine = 22;
const kScaleWidth = 70;
const kFewLetters = 8;  // shorter lines would break words
const kTurnedLetters = 30;
const kInk = '#333';
const kPaper = '#fff';
const kPrintWidth = 660;  // CSS pixels of an A4 page between its margins
const kPrintedShare = 0.72;  // of its width on the screen: what a table needs with the letters of print

function isBar(plot, series) {
  return (plot.kind === 'bar' || plot.kind === 'stacked_bar') && series.role !== 'front';
}

/// What is measured and what was published of the same thing share colour and shape.
function styleNumbers(plot) {
  const pairs = [...new Set(plot.series.filter((s) => s.role !== 'front').map((s) => s.pair))];
  return plot.series.map((series) => Math.max(0, pairs.indexOf(series.pair)));
}

function barStyle(plot, series, colour) {
  const published = series.role === 'paper';
  return {
    type: 'bar',
    backgroundColor: published ? kPaper : colour,
    borderColor: published ? colour : kPaper,
    borderWidth: published ? 2 : plot.kind === 'stacked_bar' ? 1 : 0,
    borderSkipped: false,
    maxBarThickness: 56,
    stack: plot.kind === 'stacked_bar' ? series.role : undefined,
  };
}

function lineStyle(plot, series, colour, [shape, rotation]) {
  const published = series.role === 'paper';
  const front = series.role === 'front';
  return {
    type: 'line',
    showLine: front || plot.kind !== 'scatter',
    borderColor: front ? kInk : colour,
    borderWidth: front ? 1.25 : 2,
    borderDash: published ? [6, 4] : [],
    pointStyle: front ? 'line' : shape,
    pointRotation: rotation,
    pointRadius: front ? 0 : 5,
    pointHoverRadius: front ? 0 : 7,
    pointHitRadius: front ? 0 : 7,
    pointBorderColor: front ? kInk : colour,
    pointBorderWidth: published ? 2 : 1.5,
    pointBackgroundColor: published ? kPaper : colour,
    order: front ? 1 : 0,
  };
}

function datasets(plot) {
  const numbers = styleNumbers(plot);
  return plot.series.map((series, i) => {
    const colour = kColours[numbers[i] % kColours.length];
    const shape = kShapes[numbers[i] % kShapes.length];
    const style = isBar(plot, series) ? barStyle(plot, series, colour)
                                      : lineStyle(plot, series, colour, shape);
    return {label: series.name, data: series.points, ...style};
  });
}

function numberText(value) {
  return value.toLocaleString('en-US', Number.isInteger(value) ? {maximumFractionDigits: 0}
                                                               : {maximumSignificantDigits: 6});
}

function coordinateText(value) {
  return typeof value === 'number' ? numberText(value) : value;
}

// Room around a value that all points share, in proportion to it: the library would give it 1.
function roomAround(values) {
  const room = values.every((value) => value === values[0]) ? Math.abs(values[0]) / 10 : 0;
  return room > 0 ? {suggestedMin: values[0] - room, suggestedMax: values[0] + room} : {};
}

/// The library's round ends of an axis, but none beyond what its values can be: no accuracy above 1, no
/// iteration 0. Values beyond are shown all the same.
function possibleEnds(description, values) {
  const kRounding = 1e-9;  // a sum of shares may be this much above 1
  const {least = -Infinity, most = Infinity} = description;
  const low = Math.min(...values) < least - kRounding ? -Infinity : least;
  const high = Math.max(...values) > most + kRounding ? Infinity : most;
  return (scale) => {
    scale.min = Math.max(scale.min, low);
    scale.max = Math.min(scale.max, high);
    if (scale.min >= scale.max) {  // there is but one possible value
      scale.min = low - 0.5;
      scale.max = high + 0.5;
    }
  };
}

function numberAxis(plot, name) {
  const values = plot.series.flatMap((series) => series.points.map((point) => point[name]));
  const keepPossible = plot.kind === 'stacked_bar' ? () => {} : possibleEnds(plot[name], values);
  return {
    type: 'linear',
    beginAtZero: plot.series.some((series) => isBar(plot, series)),
    ticks: {precision: plot[name].whole ? 0 : undefined},
    afterDataLimits: keepPossible,
    afterBuildTicks: (scale) => {
      keepPossible(scale);
      scale.ticks = scale.ticks.filter(({value}) => value >= scale.min && value <= scale.max);
    },
    ...roomAround(values),
  };
}

/// In lines of so many characters, for what turns none by itself; a short text stays one.
function lines(text, most) {
  const broken = [''];
  for (const word of text.split(' ')) {
    const line = broken.at(-1);
    if (line !== '' && line.length + 1 + word.length > most) {
      broken.push(word);
    } else {
      broken[broken.length - 1] = line === '' ? word : `${line} ${word}`;
    }
  }
  return broken.length === 1 ? text : broken;
}

/// What is too long ends with dots; the table has all of it.
function cut(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}\u2026` : text;
}

/// Names stand in lines below their bars; where bars are too near each other for that, they turn.
function categoryAxis() {
  return {
    type: 'category',
    offset: true,
    ticks: {
      maxRotation: 90,
      callback(value) {
        const name = this.getLabelForValue(value);
        const letters = Math.floor((this.chart.width - kScaleWidth) / this.chart.data.labels.length / kLetter);
        return letters >= kFewLetters ? lines(name, letters) : cut(name, kTurnedLetters);
      },
    },
  };
}

function legendLetters(width) {
  return Math.max(kFewLetters, Math.floor((width - kLegendBox) / kLetter));
}

function legendItems(chart) {
  return Chart.defaults.plugins.legend.labels.generateLabels(chart).map(
      (item) => ({...item, text: cut(item.text, legendLetters(chart.width))}));
}

/// A legend of many lines makes its drawing higher: the library gives it half of the height at most.
function makeRoom(drawing, plot) {
  const width = drawing.clientWidth;
  let rows = 1;
  let used = 0;
  for (const {name} of plot.series) {
    const need = kLegendBox + kLetter * Math.min(name.length, legendLetters(width));
    rows += used > 0 && used + need > width ? 1 : 0;
    used = used + need > width ? need : used + need;
  }
  drawing.style.height = rows > 2 ? `${drawing.clientHeight + 2 * kLegendLine * (rows - 2)}px` : '';
}

function axis(plot, name) {
  const category = plot[name].type === 'category';
  return {
    ...(category ? categoryAxis() : numberAxis(plot, name)),
    stacked: plot.kind === 'stacked_bar',
    title: {display: plot[name].label !== '', text: lines(plot[name].label, kTitleLetters[name])},
    grid: {color: '#e6e6e6', display: !category},
  };
}

function chartOptions(plot) {
  return {
    animation: false,
    maintainAspectRatio: false,
    devicePixelRatio: Math.max(2, window.devicePixelRatio),  // sharp on paper
    interaction: {mode: 'nearest', intersect: false},
    scales: {x: axis(plot, 'x'), y: axis(plot, 'y')},
    plugins: {
      legend: {
        position: 'bottom',
        labels: {generateLabels: legendItems, usePointStyle: !plot.series.some((s) => isBar(plot, s)), boxWidth: 14, boxHeight: 8},
      },
      tooltip: {
        callbacks: {
          title: (items) => items.map((item) => coordinateText(item.raw.x))[0],
          label: (item) => `${item.dataset.label}: ${numberText(item.raw.y)}`,
          afterLabel: (item) => item.raw.note || '',
        },
      },
    },
  };
}

function draw(canvas) {
  const plot = JSON.parse(canvas.closest('figure').querySelector('script').textContent);
  makeRoom(canvas.parentElement, plot);
  const labels = plot.series.flatMap((series) => series.points.map((point) => point.x));
  return new Chart(canvas, {
    type: 'line',  // each series says what it is
    data: {
      labels: plot.x.type === 'category' ? [...new Set(labels)] : undefined,
      datasets: datasets(plot),
    },
    options: chartOptions(plot),
  });
}

Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
Chart.defaults.color = kInk;
const charts = [...document.querySelectorAll('canvas')].map(draw);

// Paper neither opens nor scrolls: the data of the plots are shown, plots get the width of the paper,
// and tables that are wider become smaller.
const details = [...document.querySelectorAll('details')];
let closed = [];

function fitToPaper(table) {
  const width = kPrintedShare * table.offsetWidth;
  table.style.zoom = width > kPrintWidth ? kPrintWidth / width : '';
}

window.addEventListener('beforeprint', () => {
  closed = details.filter((one) => !one.open);
  closed.forEach((one) => { one.open = true; });
  document.body.classList.add('on-paper');
  document.querySelectorAll('table').forEach(fitToPaper);
  charts.forEach((chart) => chart.resize(kPrintWidth, chart.height));
});
window.addEventListener('afterprint', () => {
  document.body.classList.remove('on-paper');
  closed.forEach((one) => { one.open = false; });
  document.querySelectorAll('table').forEach((table) => { table.style.zoom = ''; });
  charts.forEach((chart) => chart.resize());
});
