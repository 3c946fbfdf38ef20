// A screen in a hall (docs/kiosk-face.md): every page of the site becomes a page of the kiosk. Moves replace each other,
// 返回 walks our own list of them; what is touched lies in a band that hands reach; whoever goes away leaves nothing
// behind; nothing leads out of the site. Other scripts find it as window.qunyingHall.
(function () {
  'use strict';
  const site = window.qunying;
  if (!site || site.now.m !== 'k' || window.qunyingHall) return;
  const root = document.documentElement;
  const settings = Object.assign({ idle: 120, volume: 60, open: [], density: 2, codes: false, code: '', name: '' }, window.qunyingKiosk);
  const entrance = 'kiosk/index.html';
  const longest = 30;         // moves that 返回 remembers
  const warning = 20;         // seconds to say 继续看
  const pause = 450;          // milliseconds: a second tap sooner is no wish
  const holding = 3000;       // milliseconds on the corner for the staff's screen
  const tremor = 8 * settings.density;   // pixels: a finger that trembles by 8 mm still taps
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const now = function () { return performance.now() };

  function make(tag, name, text) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
  }
  function button(name, text, task) {
    const made = make('button', name, text);
    made.type = 'button';
    made.addEventListener('click', task);
    return made;
  }
  function add(parent) {
    for (let i = 1; i < arguments.length; ++i) if (arguments[i]) parent.appendChild(arguments[i]);
    return parent;
  }
  const drawings = {
    back: 'M20 12H5M11 5l-7 7 7 7', home: 'M3 11.5L12 4l9 7.5M6 10v10h12V10M10 20v-6h4v6', find: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M15.5 15.5L21 21',
    up: 'M12 20V5M5 11l7-7 7 7', down: 'M12 4v15M5 13l7 7 7-7', lower: 'M4 4h16M12 8v11M6 14l6 6 6-6', raise: 'M4 20h16M12 16V5M6 10l6-6 6 6',
    play: 'M7 4l13 8-13 8z', still: 'M7 4v16M17 4v16', again: 'M5 12a7 7 0 1 0 3-5.7M8 2v5h5', quiet: 'M4 9.5v5h4l5 4.5V5L8 9.5z', loud: 'M4 9.5v5h4l5 4.5V5L8 9.5zM16.5 8.5a5 5 0 0 1 0 7M19 6a8.5 8.5 0 0 1 0 12',
  };
  function drawing(name) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', drawings[name]);
    return add(svg, path);
  }

  // ---- what is remembered from page to page: in sessionStorage, where that is refused in the address (b)
  function remember(name, value) {
    try { sessionStorage.setItem('qunying.' + name, JSON.stringify(value)); return true } catch (error) { return false }
  }
  function recall(name) {
    try { return JSON.parse(sessionStorage.getItem('qunying.' + name)) } catch (error) { return null }
  }
  function forget() {
    try {
      Object.keys(sessionStorage).filter(function (name) { return name.indexOf('qunying.') === 0 }).forEach(function (name) { sessionStorage.removeItem(name) });
    } catch (error) { /* there is nothing */ }
  }
  const query = new URLSearchParams(location.search);
  function pathOf(address) {
    return site.withValues(address, { m: '', s: '', b: '' }).slice(site.home.length);
  }
  // A list of {path, top}.
  function steps() {
    const kept = recall('steps');
    if (Array.isArray(kept)) return kept;
    return (query.get('b') || '').split('~').filter(Boolean).map(function (path) { return { path: path, top: 0 } });
  }
  function move(path, trail, top) {
    const kept = trail.slice(-longest);
    let address = site.carry(site.home + path);
    if (!remember('steps', kept)) address = site.withValues(address, { b: kept.map(function (step) { return step.path }).join('~') });
    remember('top', top || 0);
    location.replace(address);
  }
  function go(address) {
    const here = pathOf(location.href);
    const there = pathOf(address);
    if (there === here) return void window.scrollTo(0, 0);
    move(there, steps().concat([{ path: here, top: Math.round(window.pageYOffset) }]), 0);
  }
  function back() {
    const trail = steps();
    const last = trail.pop();
    if (last) move(last.path, trail, last.top);
    else home();
  }
  function home() { move(entrance + '?k=doors', [], 0) }
  // As if nobody had been here.
  function reset() {
    if (window.speechSynthesis) speechSynthesis.cancel();
    forget();
    site.now.s = '2';
    location.replace(site.carry(site.home + entrance));
  }

  // ---- taps: one finger, held still enough, not twice in a row
  let used = now();
  let press = null;
  let last = -pause;
  let counting = null;        // the countdown, while it is shown
  const holds = [];           // {test, task}: long presses
  function touch() {
    used = now();
    if (counting) stopCounting();
  }
  function actionable(target) {
    const element = target && target.closest ? target.closest('a[href],button,summary,[data-tap]') : null;
    return element && !element.disabled ? element : null;
  }
  window.addEventListener('pointerdown', function (event) {
    const asking = counting;
    touch();
    // A tap that answers the countdown does nothing else; a finger that was never seen to go is forgotten.
    if (asking || (press && press.id !== event.pointerId && now() - press.at < 5000)) return;
    if (press) clearTimeout(press.timer);
    const mine = { id: event.pointerId, at: now(), top: window.pageYOffset, x: event.clientX, y: event.clientY, target: event.target, timer: 0 };
    const hold = holds.filter(function (each) { return each.test(event) })[0];
    if (hold) mine.timer = setTimeout(function () { press = null; hold.task() }, holding);
    press = mine;
  }, true);
  function tap(mine, place) {
    const moved = Math.max(Math.abs(place.clientX - mine.x), Math.abs(place.clientY - mine.y));
    const element = moved > tremor ? null : actionable(mine.target);
    if (!element || !document.contains(element) || now() - last < (element.hasAttribute('data-quick') ? 120 : pause)) return;
    last = now();
    element.click();
  }
  function lift(event) {
    if (!press || event.pointerId !== press.id) return null;
    const mine = press;
    press = null;
    clearTimeout(mine.timer);
    used = now();
    return mine;
  }
  window.addEventListener('pointerup', function (event) {
    const mine = lift(event);
    if (mine) tap(mine, event);
  }, true);
  // The browser takes a trembling finger for one that scrolls: if it has not gone far in the end, it meant to tap.
  let taken = null;
  window.addEventListener('pointercancel', function (event) { taken = lift(event) }, true);
  window.addEventListener('touchend', function (event) {
    const mine = taken;
    taken = null;
    if (!mine || Math.abs(window.pageYOffset - mine.top) > tremor) return;
    tap(mine, event.changedTouches[0]);
  }, { capture: true, passive: true });
  // The browser's own click may have gone to the neighbour; a keyboard's is welcome.
  window.addEventListener('click', function (event) {
    if (!event.isTrusted || event.detail === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  window.addEventListener('keydown', function (event) {
    touch();
    if (event.ctrlKey || event.metaKey || event.altKey || /^(F\d+|Browser.*|ContextMenu|Escape)$/.test(event.key)) {
      if (event.key !== 'Escape') event.preventDefault();
    }
  }, true);

  // ---- no way out
  ['contextmenu', 'selectstart', 'dragstart', 'drop', 'auxclick', 'dblclick', 'gesturestart', 'submit', 'copy', 'cut', 'paste'].forEach(function (type) {
    window.addEventListener(type, function (event) { event.preventDefault(); if (type !== 'selectstart') event.stopPropagation() }, true);
  });
  window.addEventListener('wheel', function (event) { touch(); if (event.ctrlKey) event.preventDefault() }, { capture: true, passive: false });
  window.addEventListener('touchmove', function (event) { if (event.touches.length > 1) event.preventDefault() }, { capture: true, passive: false });
  window.open = function () { return null };
  window.print = function () {};
  // Last of all who hear of a click: a link that nobody has taken leads on within the site, or is shown as a code.
  window.addEventListener('click', function (event) {
    const link = event.target.closest ? event.target.closest('a[href]') : null;
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    const written = link.getAttribute('href');
    const hash = link.href.split('#')[1];
    if (site.isPage(link.href) && !link.hasAttribute('download')) {
      if (hash && pathOf(link.href.split('#')[0]) === pathOf(location.href.split('#')[0])) return show(document.getElementById(hash));
      return go(link.href);
    }
    if (link.href.indexOf(site.home) !== 0) outside(written, link.textContent);
  });
  function show(element) {
    if (element) element.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
  }

  // ---- codes for telephones
  function fnv(text, seed) {
    let hash = seed;
    const bytes = unescape(encodeURIComponent(text));
    for (let i = 0; i < bytes.length; ++i) hash = Math.imul(hash ^ bytes.charCodeAt(i), 16777619);
    return ('0000000' + (hash >>> 0).toString(16)).slice(-8);
  }
  function codeOf(address) { return site.home + 'kiosk/codes/' + fnv(address, 2166136261) + fnv(address, 84696351) + '.svg' }
  // The picture of an address, or null where there are none.
  function code(address, words) {
    if (!settings.codes || !/^https?:/.test(address)) return null;
    const image = make('img', 'hall-qr');
    image.alt = words;
    image.width = image.height = 240;
    image.addEventListener('error', function () { image.hidden = true });
    image.src = codeOf(address);
    return image;
  }
  function outside(address, title) {
    const box = panel('outside', '用手机看');
    const plain = address.replace(/^(mailto|tel):/, '');
    const words = /^https?:/.test(address) ? '这一条在别的网站上。请用手机扫码查看。' : '请记下：';
    add(box.body, code(address, '二维码'), add(make('div', 'outside-words'), make('p', 'outside-title', title.trim()), make('p', '', words), make('p', 'address', plain)));
    box.open();
  }

  // ---- panels over the page, their buttons in the band
  let shown = null;
  function panel(name, title) {
    if (shown) shown.close();
    const box = make('div', 'hall-panel hall-' + name);
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-modal', 'true');
    box.setAttribute('aria-label', title);
    const body = make('div', 'hall-panel-body');
    const bar = make('div', 'hall-panel-bar');
    const made = {
      box: box, body: body, bar: bar,
      open: function () {
        if (!bar.querySelector('.hall-close')) add(bar, button('hall-close', '关闭', made.close));
        add(document.body, add(box, body, bar));
        shown = made;
      },
      close: function () {
        if (box.parentNode) box.parentNode.removeChild(box);
        if (shown === made) shown = null;
        if (made.closed) made.closed();
      },
    };
    add(body, make('h2', 'hall-panel-title', title));
    return made;
  }

  // ---- the bar
  const bar = make('nav', 'hall-bar');
  bar.setAttribute('aria-label', '常用');
  const buttons = {};
  function control(name, words, task) {
    const made = add(make('button', 'hall-' + name), drawing(name) || null, make('span', '', words));
    made.type = 'button';
    made.addEventListener('click', task);
    buttons[name] = made;
    return made;
  }
  function letters(name, words, by) {
    const made = add(make('button', 'hall-' + name), make('b', '', '字'), make('span', '', words));
    made.type = 'button';
    made.addEventListener('click', function () { resize(Number(site.now.s) + by) });
    buttons[name] = made;
    return made;
  }
  function resize(step) {
    const spot = anchor();
    site.set('s', String(Math.min(4, Math.max(1, step))));
    // Reading goes on where it was.
    if (spot) window.scrollBy(0, spot.element.getBoundingClientRect().top - spot.top);
    Array.prototype.forEach.call(document.querySelectorAll('a[href]'), function (link) { if (site.isPage(link.href)) link.href = site.carry(link.href) });
    try { history.replaceState(history.state, '', site.carry(location.href)) } catch (error) { /* links carry it */ }
    refresh();
  }
  function anchor() {
    const all = document.querySelectorAll('main p,main li,main h2,main figure');
    for (let i = 0; i < all.length; ++i) {
      const top = all[i].getBoundingClientRect().top;
      if (top > 0) return window.pageYOffset > 40 ? { element: all[i], top: top } : null;
    }
    return null;
  }
  function band() {
    const style = getComputedStyle(root);
    const part = function (name) { return (parseFloat(style.getPropertyValue(name)) || 0) / 100 * window.innerHeight };
    return { top: part('--band-above'), bottom: window.innerHeight - part('--band-below') };
  }
  // The height of the page that one sees, or reaches while it is lowered.
  function seen() {
    const upright = window.innerHeight > window.innerWidth;
    const limits = band();
    const end = upright ? limits.bottom - bar.offsetHeight : window.innerHeight;
    return { end: end, step: (root.classList.contains('lowered') ? Math.min(end, limits.bottom) - limits.top : end) * 0.8 };
  }
  function scroller() {
    const stage = document.querySelector('.lightbox:not([hidden]) .lightbox-stage');
    return stage || document.scrollingElement || root;
  }
  function turn(direction) {
    const box = scroller();
    const by = direction * (box === document.scrollingElement ? seen().step : box.clientHeight * 0.6);
    if (box.scrollBy) box.scrollBy({ top: by, behavior: calm ? 'auto' : 'smooth' });
    else box.scrollTop += by;
  }
  // The page comes down, so that what stands too high can be touched.
  function lower() {
    const on = root.classList.toggle('lowered');
    buttons.lower.querySelector('span').textContent = on ? '移回去' : '够不着';
    refresh();
  }
  function refresh() {
    const box = document.scrollingElement || root;
    const end = box.scrollHeight - box.clientHeight;
    buttons.up.disabled = box.scrollTop <= 2;
    buttons.down.disabled = box.scrollTop >= end - 2;
    buttons.smaller.disabled = site.now.s === '1';
    buttons.larger.disabled = site.now.s === '4';
  }

  // ---- where this page is on the web, for a telephone
  function takeAlong() {
    const link = document.querySelector('link[rel="canonical"]');
    const image = link ? code(link.getAttribute('href'), '本页二维码') : null;
    const side = make('aside', 'hall-take');
    side.setAttribute('aria-label', '本页的网址');
    // Where there is none, the hall's own name.
    const plain = function () {
      side.textContent = '';
      add(side, make('p', 'hall-take-name', settings.name || document.title.split('｜').pop()));
    };
    if (!image) return plain(), side;
    const words = add(make('div', 'hall-take-words'), make('p', '', '扫码，在手机上看这一页'), make('p', 'address', link.getAttribute('href').replace(/^https?:\/\//, '')));
    image.addEventListener('error', plain);
    return add(side, image, words);
  }

  // ---- films and recordings: large buttons instead of the browser's own, which lead out
  function media() {
    const all = Array.prototype.slice.call(document.querySelectorAll('main video, main audio'));
    if (!all.length) return null;
    let current = all[0];
    const strip = make('div', 'hall-media');
    function toggle() {
      if (!current.paused) return current.pause();
      const begun = current.play();
      if (begun && begun.catch) begun.catch(function () { /* it says so itself */ });
    }
    const play = control('play', '播放', toggle);
    const again = control('again', '从头', function () { current.currentTime = 0 });
    const less = control('quiet', '小声', function () { louder(-0.1) });
    const more = control('loud', '大声', function () { louder(0.1) });
    function louder(by) {
      all.forEach(function (each) { each.volume = Math.min(1, Math.max(0, Math.round((each.volume + by) * 10) / 10)) });
      say();
    }
    function say() {
      play.querySelector('span').textContent = current.paused ? '播放' : '暂停';
      play.querySelector('path').setAttribute('d', drawings[current.paused ? 'play' : 'still']);
      less.disabled = current.volume <= 0;
      more.disabled = current.volume >= 1;
    }
    all.forEach(function (each) {
      each.removeAttribute('controls');
      each.setAttribute('controlslist', 'nodownload nofullscreen noremoteplayback');
      each.disablePictureInPicture = true;
      each.setAttribute('data-tap', '');
      each.volume = settings.volume / 100;
      each.addEventListener('click', function () { choose(each); toggle() });
      each.addEventListener('play', function () {
        all.forEach(function (other) { if (other !== each) other.pause() });
        choose(each);
      });
      ['pause', 'ended', 'volumechange'].forEach(function (type) { each.addEventListener(type, say) });
    });
    function choose(each) { current = each; say() }
    say();
    return add(strip, play, again, less, more);
  }
  function playing() {
    const speaks = window.speechSynthesis && speechSynthesis.speaking;
    return Boolean(speaks) || Array.prototype.some.call(document.querySelectorAll('video, audio'), function (each) { return !each.paused && !each.ended });
  }

  // ---- a photograph that is larger than the screen moves to where it is touched
  document.addEventListener('click', function (event) {
    const stage = event.target.closest ? event.target.closest('.lightbox-stage') : null;
    if (!stage || !press_at) return;
    const box = stage.getBoundingClientRect();
    stage.scrollLeft += press_at.x - (box.left + box.width / 2);
    stage.scrollTop += press_at.y - (box.top + box.height / 2);
  });
  let press_at = null;
  window.addEventListener('pointerdown', function (event) { press_at = { x: event.clientX, y: event.clientY } }, true);

  // ---- nobody there
  function stopCounting() {
    clearInterval(counting.timer);
    counting.panel.close();
    counting = null;
    used = now();
  }
  function startCounting() {
    let left = warning;
    const box = panel('counting', '您还在看吗？');
    const number = make('p', 'hall-count', String(left));
    number.setAttribute('role', 'status');
    add(box.body, number, make('p', '', '没有人操作，稍后回到开头。'));
    const stay = button('hall-close hall-stay', '继续看', function () { if (counting) stopCounting() });
    add(box.bar, stay);
    box.open();
    counting = {
      panel: box,
      timer: setInterval(function () {
        left -= 1;
        number.textContent = String(Math.max(0, left));
        if (left <= 0) { clearInterval(counting.timer); reset() }
      }, 1000),
    };
    stay.focus();
  }
  setInterval(function () {
    if (playing()) used = now();
    if (!counting && !root.classList.contains('looping') && now() - used >= settings.idle * 1000) startCounting();
  }, 1000);

  // ---- for the staff
  let fault = '';
  window.addEventListener('error', function (event) { if (event.message) { fault = event.message + ' ' + pathOf(location.href); remember('fault', fault) } });
  // What the installer has left beside the releases (docs/kiosk.md); a stick that is only shown has none.
  const release = (/\/releases\/(\d+)\//.exec(location.pathname) || [])[1] || '';
  let told = null;
  let asking = false;
  window.QunyingKiosk = function (data) { told = data && typeof data === 'object' ? data : null };
  function current(done) {
    if (!release || asking) return done(told);
    const script = document.createElement('script');
    const end = function () { asking = false; if (script.parentNode) script.parentNode.removeChild(script); done(told) };
    asking = true;
    told = null;
    script.onerror = script.onload = end;
    script.src = site.home + '../../current.js?' + Math.floor(Date.now() / 1000);
    document.head.appendChild(script);
  }
  function row(list, term, words) {
    if (words) add(list, add(make('div'), make('dt', '', term), make('dd', '', words)));
  }
  function staffScreen() {
    const box = panel('staff', '工作人员');
    const list = make('dl', 'staff-facts');
    current(function (data) {
      const told = data || {};
      row(list, '场馆', settings.name || settings.venue || '（未设置）');
      row(list, '内容', told.release ? '第 ' + told.release + ' 号，' + (told.built || '') : '没有安装记录（直接打开的文件夹）');
      row(list, '生成', settings.built + '，' + settings.version);
      row(list, '正在显示', release ? '第 ' + release + ' 号' : site.home);
      row(list, '校验', told.verified ? (told.result === 'ok' ? '通过，' : told.result + '，') + told.verified : '');
      row(list, '上次出错', told.last_error || recall('fault') || fault || '无');
      row(list, '屏幕', window.innerWidth + '×' + window.innerHeight + (fits() ? '' : '，设置里写的是 ' + settings.width + '×' + settings.height));
      row(list, '时间', new Date().toLocaleString('zh-CN'));
      row(list, '浏览器', (/Chrom\w*\/[\d.]+/.exec(navigator.userAgent) || [''])[0]);
    });
    add(box.body, list);
    add(box.bar, button('hall-again', '回到开头', reset));
    box.open();
  }
  function fits() {
    const sides = [window.innerWidth, window.innerHeight].sort().join();
    return !settings.width || sides === [settings.width, settings.height].sort().join();
  }
  function staff() {
    if (!settings.code) return staffScreen();
    const box = panel('code', '请输入口令');
    const typed = make('p', 'code-typed');
    let entered = '';
    let tries = 0;
    function type(digit) {
      entered += digit;
      typed.textContent = '●'.repeat(entered.length);
      if (entered.length < settings.code.length) return;
      if (entered === settings.code) return staffScreen();
      entered = '';
      typed.textContent = ++tries < 3 ? '口令不对，请再输一次' : '';
      if (tries >= 3) box.close();
    }
    const keys = make('div', 'code-keys');
    '1234567890'.split('').forEach(function (digit) {
      const key = button('', digit, function () { type(digit) });
      key.setAttribute('data-quick', '');
      add(keys, key);
    });
    add(box.body, typed);
    add(box.bar, keys);
    box.open();
  }
  // The corner at the upper left, 30 mm of it.
  holds.push({
    test: function (event) { return event.clientX < 30 * settings.density && event.clientY < 30 * settings.density },
    task: staff,
  });

  // ---- the page itself
  function begin() {
    Array.prototype.forEach.call(document.querySelectorAll('a[target]'), function (link) { link.removeAttribute('target') });
    Array.prototype.forEach.call(document.querySelectorAll('img, a'), function (each) { each.draggable = false });
    Array.prototype.forEach.call(document.querySelectorAll('main a[href]'), function (link) {
      if (link.href.indexOf(site.home) !== 0) link.classList.add('leads-out');
      else if (!site.isPage(link.href)) link.classList.add('leads-nowhere');
    });
    add(bar, control('back', '返回', back), control('home', '首页', home), control('find', '找人', function () { go(site.home + 'kiosk/find.html') }),
      letters('smaller', '小', -1), letters('larger', '大', 1), control('up', '上翻', function () { turn(-1) }), control('down', '下翻', function () { turn(1) }),
      control('lower', '够不着', lower));
    const strip = media();
    add(document.body, bar, strip, takeAlong());
    root.classList.add('in-hall');
    root.classList.toggle('with-media', Boolean(strip));
    const top = recall('top');
    if (top) window.scrollTo(0, top);
    remember('top', 0);
    window.addEventListener('scroll', refresh, { passive: true });
    window.addEventListener('resize', refresh);
    window.addEventListener('load', refresh);
    refresh();
  }
  window.qunyingHall = {
    settings: settings, release: release, go: go, home: home, reset: reset, make: make, add: add, button: button, current: current, touch: touch, move: move,
    bar: bar, buttons: buttons, entrance: entrance, recall: recall, remember: remember, calm: calm,
  };
  begin();
})();
