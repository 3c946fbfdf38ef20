/* The page of one photograph: a click between the eyes and one on the chin say where the head is; the crops follow at
   once, by the same arithmetic as images/geometry.cc, and a moment later as the worker really cuts them; the line to
   paste is written meanwhile. Nothing is saved here. Chromium 64 is the floor. */
(function () {
  'use strict';
  var data = JSON.parse(document.getElementById('data').dataset.photo);
  var english = document.documentElement.lang === 'en';
  var svgSpace = 'http://www.w3.org/2000/svg';
  var byId = function (id) { return document.getElementById(id); };
  var say = function (chinese, other) { byId('say').textContent = english ? other : chinese; };
  var clamp = function (value, least, most) { return Math.min(most, Math.max(least, value)); };
  var photo = byId('photo');
  var original = byId('original');
  var settle = 350;  /* milliseconds without a change before the worker is asked */

  function start() {
    return {
      x: data.head.x, y: data.head.y, height: data.head.height, stated: data.head.from === 'editor',
      turn: data.turn, trim: data.trim, oldPrint: data.oldPrint,
    };
  }
  var state = start();
  var step = 'eyes';
  var timer = 0;

  /* ---- images/geometry.cc ---- */

  /* As std::lround: halves go away from zero. */
  function round(value) { return value < 0 ? -Math.floor(-value + 0.5) : Math.floor(value + 0.5); }

  function largestIn(ratio) {
    var width = Math.min(data.width, Math.max(1, round(data.height * ratio)));
    return { width: width, height: Math.min(data.height, Math.max(1, round(width / ratio))) };
  }

  function boxRound(size, x, y, down) {
    return {
      left: clamp(round(x * data.width - size.width * 0.5), 0, data.width - size.width),
      top: clamp(round(y * data.height - size.height * down), 0, data.height - size.height),
      width: size.width, height: size.height,
    };
  }

  function heightNearLine(eyes, height, tall) {
    var least = Math.min(height, tall / data.largestShare);
    var at = (eyes - clamp(eyes - height * data.eyeLine, 0, data.height - height)) / height;
    if (at > data.eyeLine + data.tolerance)
      return Math.max(least, Math.min(height, (data.height - eyes) / (1 - data.eyeLine - data.tolerance)));
    if (at < data.eyeLine - data.tolerance)
      return Math.max(least, Math.min(height, eyes / (data.eyeLine - data.tolerance)));
    return height;
  }

  function cropBox(recipe, head) {
    if (recipe.crop === 'none' || !recipe.width || !recipe.height)
      return { left: 0, top: 0, width: data.width, height: data.height };
    var largest = largestIn(recipe.width / recipe.height);
    if (recipe.crop === 'centre') return boxRound(largest, 0.5, 0.5, 0.5);
    if (recipe.crop === 'focus') return boxRound(largest, head.x, head.y, 0.5);
    var tall = head.height * data.height;
    var wanted = tall > 0 ? heightNearLine(head.y * data.height, Math.min(tall / data.headShare, largest.height), tall)
      : largest.height;
    var share = clamp(wanted / largest.height, data.smallest, 1);
    var size = { width: Math.max(1, round(largest.width * share)), height: Math.max(1, round(largest.height * share)) };
    var line = clamp(tall * data.eyesBelowCrown / size.height, data.eyeLine, data.eyeLine + data.tolerance);
    return boxRound(size, head.x, head.y, line);
  }
  window.qunyingCropBox = cropBox;  /* for whoever checks it against the worker */

  /* ---- pictures ---- */

  function address(as, tried) {
    var query = '&as=' + encodeURIComponent(as) + '&token=' + data.token;
    if (tried.x !== undefined) query += '&focus=' + tried.x.toFixed(4) + ',' + tried.y.toFixed(4);
    if (tried.height) query += '&head=' + tried.height.toFixed(4);
    if (tried.turn) query += '&turn=' + tried.turn;
    if (tried.trim) query += '&trim=1';
    if (tried.oldPrint) query += '&old=1';
    return data.address + query;
  }

  function svgElement(name, attributes) {
    var made = document.createElementNS(svgSpace, name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    return made;
  }

  /* ---- the photograph with its places ---- */

  var marks = svgElement('svg', { viewBox: '0 0 1000 1000', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  photo.appendChild(marks);

  function line(kind, x1, y1, x2, y2) {
    marks.appendChild(svgElement('line', { class: kind, x1: x1, y1: y1, x2: x2, y2: y2 }));
  }

  function rectangle(kind, left, top, width, height) {
    marks.appendChild(svgElement('rect', { class: kind, x: left, y: top, width: width, height: height }));
  }

  function drawMarks() {
    while (marks.firstChild) marks.removeChild(marks.firstChild);
    var across = function (pixels) { return pixels / data.width * 1000; };
    var down = function (pixels) { return pixels / data.height * 1000; };
    if (!data.straightened) {
      data.recipes.forEach(function (recipe, i) {
        if (recipe.crop === 'none') return;
        var box = cropBox(recipe, state);
        rectangle('frame frame-' + i % 4, across(box.left), down(box.top), across(box.width), down(box.height));
      });
    }
    if (data.portrait && state.height > 0) {
      var shape = original.naturalWidth ? original.naturalHeight / original.naturalWidth : data.height / data.width;
      var width = state.height * data.headBreadth * shape * 1000;
      var height = state.height * 1000;
      rectangle('head', state.x * 1000 - width / 2, state.y * 1000 - height * data.eyesBelowCrown, width, height);
    }
    line('eyes', 0, state.y * 1000, 1000, state.y * 1000);
    line('eyes', state.x * 1000, state.y * 1000 - 30, state.x * 1000, state.y * 1000 + 30);
  }

  /* ---- crops: at once by ourselves, then as the worker cuts them ---- */

  function cropFigures(kind) { return Array.prototype.slice.call(document.querySelectorAll('.crops.' + kind + ' figure')); }

  function put(figure, picture) {
    while (figure.firstChild !== figure.lastChild) figure.removeChild(figure.firstChild);
    figure.insertBefore(picture, figure.firstChild);
  }

  function guess(figure, recipe) {
    if (data.straightened) return;
    var box = cropBox(recipe, state);
    var drawn = svgElement('svg', { viewBox: [box.left, box.top, box.width, box.height].join(' '), 'aria-hidden': 'true' });
    drawn.appendChild(svgElement('image', {
      href: original.getAttribute('src'), width: data.width, height: data.height, preserveAspectRatio: 'none',
    }));
    put(figure, drawn);
  }

  function cut(figure, recipe, tried) {
    var from = address(recipe.name, tried);
    figure.dataset.wanted = from;
    var picture = document.createElement('img');
    picture.alt = recipe.name;
    picture.onload = function () { if (figure.dataset.wanted === from) put(figure, picture); };
    picture.src = from;
  }

  function showCrops() {
    cropFigures('then').forEach(function (figure, i) {
      figure.dataset.wanted = '';
      guess(figure, data.recipes[i]);
    });
    clearTimeout(timer);
    timer = setTimeout(function () {
      cropFigures('then').forEach(function (figure, i) { cut(figure, data.recipes[i], state); });
      byId('treated').src = address('whole', { turn: state.turn, trim: state.trim, oldPrint: state.oldPrint });
    }, settle);
  }

  /* ---- the line to paste ---- */

  var chinese = /(文件|替代文字|说明|焦点)\s*:/.test(data.inside || '') || (!data.inside && !english);
  var words = chinese
    ? { focus: '焦点', head: '头高', turn: '转正', trim: '裁边', old: '旧照', yes: '是', file: '文件' }
    : { focus: 'focus', head: 'head', turn: 'turn', trim: 'trim', old: 'old_print', yes: 'yes', file: 'file' };
  var changed = false;

  function items() {
    var list = [];
    if (state.stated) {
      list.push(words.focus + ': [' + state.x.toFixed(2) + ', ' + state.y.toFixed(2) + ']');
      if (state.height > 0) list.push(words.head + ': ' + state.height.toFixed(2));
    }
    if (state.turn) list.push(words.turn + ': ' + state.turn);
    if (state.trim) list.push(words.trim + ': ' + words.yes);
    if (state.oldPrint) list.push(words.old + ': ' + words.yes);
    return list;
  }

  /* The picture as it is written, without what this page says, and with what it says now. */
  function rewritten() {
    if (data.inside.charAt(0) !== '{')
      return '{' + [words.file + ': ' + data.inside].concat(items()).join(', ') + '}';
    var inner = data.inside.slice(1, data.inside.lastIndexOf('}'));
    var said = /(^|,)\s*(focus|焦点|head|头高|turn|转正|trim|裁边|old_print|旧照)\s*:\s*(\[[^\]]*\]|[^,\[\]{}]*)/g;
    inner = inner.replace(said, '$1').replace(/(,\s*)+,/g, ',').replace(/^[\s,]+|[\s,]+$/g, '');
    return '{' + [inner].concat(items()).join(', ') + '}';
  }

  function writeLine() {
    var list = items();
    var box = byId('line');
    if (!changed) {
      box.value = list.join('\n');
    } else if (data.wholeLine) {
      box.value = data.before + rewritten() + data.after;
    } else {
      var indent = data.inside && data.inside.indexOf('\n') >= 0 ? (/\n(\s*)/.exec(data.inside) || ['', ''])[1] : '';
      box.value = list.map(function (item) { return indent + item; }).join('\n');
    }
    box.rows = Math.max(2, box.value.split('\n').length);
    byId('copied').textContent = '';
  }

  /* ---- what a click does ---- */

  function show() {
    drawMarks();
    showCrops();
    writeLine();
    [['step-eyes', 'eyes'], ['step-chin', 'chin']].forEach(function (pair) {
      if (byId(pair[0])) byId(pair[0]).setAttribute('aria-pressed', String(step === pair[1]));
    });
  }

  function goTo(next) {
    step = next;
    if (!data.portrait) say('请点照片里最要紧的地方，裁切时一定保留它。', 'Click what no crop may lose.');
    else if (next === 'eyes') say('请点两眼之间。', 'Click between the eyes.');
    else say('很好。再点下巴，定下头的大小；也可以用下面的按钮。', 'Good. Now the chin, or the buttons below.');
  }

  function changeTo(x, y, height) {
    changed = true;
    state.stated = true;
    state.x = clamp(x, 0, 1);
    state.y = clamp(y, 0, 1);
    state.height = height > 0 ? clamp(height, 0.02, 1) : 0;
  }

  photo.addEventListener('click', function (event) {
    var frame = original.getBoundingClientRect();
    var x = (event.clientX - frame.left) / frame.width;
    var y = (event.clientY - frame.top) / frame.height;
    if (step === 'chin' && y > state.y + 0.005) {
      /* The eyes are half way between crown and chin. */
      changeTo(state.x, state.y, (y - state.y) / (1 - data.eyesBelowCrown));
      goTo('eyes');
      say('好了。看看下面“改后”的样子；不满意就再点一次。', 'Done. See below; click again to change it.');
    } else {
      changeTo(x, y, state.height);
      goTo(data.portrait ? 'chin' : 'eyes');
    }
    show();
  });

  function resize(factor) {
    changeTo(state.x, state.y, (state.height || 0.4) * factor);
    show();
  }

  photo.addEventListener('keydown', function (event) {
    var far = event.shiftKey ? 0.03 : 0.005;
    var moves = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] };
    var move = moves[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (move) {
      changeTo(state.x + move[0], state.y + move[1], state.height);
      show();
    } else if (data.portrait && (event.key === '+' || event.key === '=')) resize(1.04);
    else if (data.portrait && (event.key === '-' || event.key === '_')) resize(1 / 1.04);
    else return;
    event.preventDefault();
  });

  function onClick(id, act) { if (byId(id)) byId(id).addEventListener('click', act); }
  onClick('step-eyes', function () { goTo('eyes'); show(); });
  onClick('step-chin', function () { goTo('chin'); show(); });
  onClick('smaller', function () { resize(1 / 1.06); });
  onClick('larger', function () { resize(1.06); });
  onClick('undo', function () {
    state = start();
    changed = false;
    byId('turn').value = state.turn;
    byId('trim').checked = state.trim;
    byId('old').checked = state.oldPrint;
    goTo('eyes');
    show();
  });

  /* ---- old prints ---- */

  function turnTo(degrees) {
    changed = true;
    state.turn = clamp(Math.round((Number(degrees) || 0) * 10) / 10, -15, 15);
    byId('turn').value = state.turn;
    show();
  }
  byId('turn').addEventListener('change', function () { turnTo(byId('turn').value); });
  onClick('turn-left', function () { turnTo(state.turn - 0.5); });
  onClick('turn-right', function () { turnTo(state.turn + 0.5); });
  [['trim', 'trim'], ['old', 'oldPrint']].forEach(function (pair) {
    byId(pair[0]).addEventListener('change', function () {
      changed = true;
      state[pair[1]] = byId(pair[0]).checked;
      show();
    });
  });

  /* ---- copying ---- */

  onClick('copy', function () {
    var box = byId('line');
    var done = function () { byId('copied').textContent = english ? 'Copied.' : '已复制，请到资料里粘贴。'; };
    var by_hand = function () {
      byId('copied').textContent = english ? 'Selected: press Ctrl+C.' : '已选中，请按 Ctrl+C 复制。';
    };
    var selected = function () {
      box.focus();
      box.select();
      var copied = false;
      try { copied = document.execCommand('copy'); } catch (error) { /* then by hand */ }
      (copied ? done : by_hand)();
    };
    if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText(box.value).then(done, selected);
    else selected();
  });

  /* ---- the beginning ---- */

  original.addEventListener('load', drawMarks);
  original.src = address('whole', {});
  byId('as-it-is').src = original.src;
  byId('turn').value = state.turn;
  byId('trim').checked = state.trim;
  byId('old').checked = state.oldPrint;
  goTo('eyes');
  show();
  cropFigures('now').forEach(function (figure, i) { cut(figure, data.recipes[i], start()); });
}());
