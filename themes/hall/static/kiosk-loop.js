// The entrance of the kiosk: a loop of portraits until somebody comes, dark while the hall is closed, and the doors to
// everything (?k=doors). While it loops it looks for a newer release and moves there (docs/kiosk.md).
(function () {
  'use strict';
  const hall = window.qunyingHall;
  if (!hall) return;
  const root = document.documentElement;
  const site = window.qunying;
  const make = hall.make;
  const add = hall.add;
  const doors = new URLSearchParams(location.search).get('k') === 'doors';
  const watch = 60000;   // milliseconds from one look at the release to the next

  // ---- the doors: as many as the band holds, the rest behind 更多
  function leaf() {
    const list = document.querySelector('.doorways');
    const all = Array.prototype.slice.call(list.querySelectorAll('.door:not(.door-find)'));
    const each = 5;
    if (all.length <= each + 1) return;
    let from = 0;
    const more = hall.button('door door-more', '更多', function () {
      from = from + each >= all.length ? 0 : from + each;
      show();
    });
    function show() {
      all.forEach(function (door, index) { door.hidden = index < from || index >= from + each });
      more.textContent = from + each >= all.length ? '回到前面' : '更多';
    }
    add(list, more);
    show();
  }
  leaf();
  // Some of those who are shown here, another few every day.
  function faces() {
    const all = Array.prototype.filter.call(document.querySelectorAll('.slides li'), function (item) { return Number(item.getAttribute('data-height')) > Number(item.getAttribute('data-width')) });
    const many = window.innerHeight > window.innerWidth ? 4 : 7;
    const row = make('div', 'doorway-faces');
    row.setAttribute('aria-hidden', 'true');
    const first = new Date().getDate() * many;
    for (let i = 0; i < Math.min(many, all.length); ++i) {
      const item = all[(first + i) % all.length];
      const image = make('img');
      image.alt = '';
      image.src = item.getAttribute('data-small') || item.getAttribute('data-src');
      add(row, add(make('span', item.getAttribute('data-tone') || ''), image));
    }
    if (row.firstChild) add(document.querySelector('.doorway-head'), row);
  }
  if (doors) {
    faces();
    root.classList.add('at-doors');
    return;
  }

  // ---- the loop
  root.classList.add('looping');
  const slides = Array.prototype.map.call(document.querySelectorAll('.slides li'), function (item) {
    const link = item.querySelector('a');
    const words = function (name) { const found = item.querySelector('.' + name); return found ? found.textContent.trim() : '' };
    const data = function (name) { return item.getAttribute('data-' + name) || '' };
    return {
      url: link.href, title: link.textContent, plain: link.classList.contains('plain-face'), line: words('slide-line'), years: words('slide-years'), show: words('slide-show'),
      seconds: Number(data('seconds')) || 12, src: data('src'), width: data('width'), height: data('height'), tone: data('tone'), tile: data('tile'), seal: data('seal'), level: data('level'),
    };
  });
  const stage = make('div', 'stage');
  const layers = [layer(), layer()];
  const invitation = make('button', 'invitation');
  invitation.type = 'button';
  add(stage, layers[0].box, layers[1].box, invitation);
  document.body.insertBefore(stage, document.body.firstChild);
  let at = -1;
  let front = 0;
  let timer = 0;
  let shown = null;   // the slide that a touch opens

  function layer() {
    const made = { box: make('div', 'slide'), picture: make('div', 'slide-picture'), text: make('div', 'slide-text') };
    ['seal', 'name', 'line', 'years', 'show'].forEach(function (part) { made[part] = make('p', 'slide-' + part); add(made.text, made[part]) });
    made.image = make('img');
    made.image.alt = '';
    made.tile = make('span', 'plate');
    add(made.picture, made.image, made.tile);
    add(made.box, made.picture, made.text);
    made.box.setAttribute('aria-hidden', 'true');
    return made;
  }
  function fill(made, slide) {
    made.image.hidden = !slide.src;
    made.image.className = slide.tone;
    if (slide.src) { made.image.width = Number(slide.width); made.image.height = Number(slide.height); made.image.src = slide.src }
    else made.image.removeAttribute('src');
    made.picture.classList.toggle('lying', Number(slide.width) > Number(slide.height));
    made.tile.hidden = Boolean(slide.src);
    made.tile.textContent = slide.tile || '·';
    made.seal.textContent = slide.seal;
    made.seal.hidden = !slide.seal;
    made.name.textContent = slide.title;
    made.name.classList.toggle('plain-face', slide.plain);
    made.name.classList.toggle('two', slide.title.length === 2);
    made.name.classList.toggle('long', slide.title.length > 4);
    made.line.textContent = slide.line;
    made.years.textContent = slide.years;
    made.show.textContent = slide.show;
  }
  function invite() {
    invitation.textContent = '';
    add(invitation, make('b', '', '轻触屏幕'), make('span', '', shown ? '看' + shown.title + '的故事' : '开始看'));
  }
  function next() {
    clearTimeout(timer);
    if (slides.length === 0) return;
    at = (at + 1) % slides.length;
    const slide = slides[at];
    const coming = layers[1 - front];
    fill(coming, slide);
    const turn = function () {
      front = 1 - front;
      layers[front].box.classList.add('shown');
      layers[1 - front].box.classList.remove('shown');
      // Half-way the eye is with the new one.
      setTimeout(function () { shown = slide; invite() }, hall.calm ? 0 : 900);
      timer = setTimeout(next, slide.seconds * 1000);
    };
    // Not before its picture is there; one that cannot be read does not stop the loop.
    if (!slide.src || coming.image.complete) return turn();
    let waiting = true;
    const ready = function () { if (waiting) { waiting = false; coming.image.onload = coming.image.onerror = null; turn() } };
    coming.image.onload = coming.image.onerror = ready;
    timer = setTimeout(ready, 4000);
  }
  function enter() {
    if (!shown) return hall.home();
    // 返回 leads to the doors.
    const path = site.withValues(shown.url, { m: '', s: '', b: '' }).slice(site.home.length);
    hall.move(path, [{ path: hall.entrance + '?k=doors', top: 0 }], 0);
  }
  stage.setAttribute('data-tap', '');
  stage.addEventListener('click', enter);
  hall.buttons.back.disabled = true;
  if (!slides.length) root.classList.add('without-slides');
  invite();
  next();

  // ---- open and closed: outside its hours the hall is dark; a touch wakes it all the same
  const sign = make('p', 'closed-sign');
  const night = add(make('div', 'night'), sign);
  night.setAttribute('data-tap', '');
  night.addEventListener('click', wake);
  add(document.body, night);
  let awake = 0;   // until when, if somebody woke it
  function minutes(time) { return time.getHours() * 60 + time.getMinutes() }
  function isOpen(time) {
    const open = hall.settings.open || [];
    const day = (time.getDay() + 6) % 7;
    return !open.length || open.some(function (each) { return (each[0] >> day & 1) && minutes(time) >= each[1] && minutes(time) < each[2] });
  }
  function clock(each) { return Math.floor(each / 60) + ':' + ('0' + each % 60).slice(-2) }
  function today(time) {
    const day = (time.getDay() + 6) % 7;
    return (hall.settings.open || []).filter(function (each) { return each[0] >> day & 1 }).map(function (each) { return clock(each[1]) + '—' + clock(each[2]) }).join('、');
  }
  function look() {
    const time = new Date();
    const closed = !isOpen(time) && performance.now() > awake;
    if (closed !== root.classList.contains('closed')) {
      root.classList.toggle('closed', closed);
      if (closed) { clearTimeout(timer); layers.forEach(function (each) { each.box.classList.remove('shown') }) }
      else next();
    }
    if (!closed) return;
    sign.textContent = today(time) ? '开放时间 ' + today(time) : '今日闭馆';
    // Never long in one place: screens burn in.
    for (let place = 0; place < 4; ++place) sign.classList.toggle('place-' + place, place === time.getMinutes() % 4);
  }
  function wake() {
    awake = performance.now() + hall.settings.idle * 1000;
    look();
  }
  look();
  setInterval(look, 5000);

  // ---- a newer release, verified and installed by the program beside us
  function newer(data) {
    const number = data && String(data.release);
    if (!number || !/^\d+$/.test(number) || number === hall.release) return;
    location.replace(site.home + '../' + number + '/' + hall.entrance + '?m=k');
  }
  if (hall.release) {
    setInterval(function () { hall.current(newer) }, watch);
    setTimeout(function () { hall.current(newer) }, 3000);
  }
})();
