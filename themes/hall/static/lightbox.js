// Looking at the photographs of a page one by one, large: 关闭, Esc and Back close it, arrows walk, the focus stays
// inside and returns to the photograph, captions and names stand below, + and − change the size.
(function () {
  'use strict';
  const root = document.documentElement;
  const figures = Array.prototype.filter.call(document.querySelectorAll('.justified figure, .prose figure.picture, .figure'), function (figure) {
    return figure.querySelector('img');
  });
  if (!figures.length || !('srcset' in document.createElement('img'))) return;
  const zooms = 4;   // zoom-1 fits the screen
  let box = null;
  let at = -1;
  let zoom = 1;
  let before = null; // what had the focus
  let pushed = false;

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
  function build() {
    box = make('div', 'lightbox dark');
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-modal', 'true');
    box.setAttribute('aria-label', '看照片');
    box.tabIndex = -1;
    const bar = make('div', 'lightbox-bar');
    const count = make('p', 'lightbox-count');
    count.setAttribute('role', 'status');
    [count, button('lightbox-smaller', '− 缩小', function () { size(zoom - 1) }), button('lightbox-larger', '+ 放大', function () { size(zoom + 1) }),
      button('lightbox-close', '× 关闭', close)].forEach(function (part) { bar.appendChild(part) });
    const stage = make('div', 'lightbox-stage');
    stage.tabIndex = 0;
    stage.setAttribute('role', 'group');
    stage.setAttribute('aria-label', '照片');
    stage.appendChild(make('img'));
    const foot = make('div', 'lightbox-foot');
    foot.appendChild(button('lightbox-back', '上一张', function () { show(at - 1) }));
    foot.appendChild(make('div', 'lightbox-words'));
    foot.appendChild(button('lightbox-on', '下一张', function () { show(at + 1) }));
    [bar, stage, foot].forEach(function (part) { box.appendChild(part) });
    box.addEventListener('keydown', keys);
    document.body.appendChild(box);
  }
  function part(name) { return box.querySelector('.lightbox-' + name) }

  function size(step) {
    zoom = Math.min(zooms, Math.max(1, step));
    for (let each = 1; each <= zooms; ++each) box.classList.toggle('zoom-' + each, each === zoom);
    part('smaller').disabled = zoom === 1;
    part('larger').disabled = zoom === zooms;
  }
  function show(index) {
    if (index < 0 || index >= figures.length) return;
    at = index;
    const figure = figures[at];
    const small = figure.querySelector('img');
    const large = part('stage').querySelector('img');
    large.removeAttribute('src');
    large.alt = small.alt;
    const more = small.hasAttribute('data-large') ? 'data-large-' : '';   // else the largest JPEG of the page
    large.width = small.getAttribute(more + 'width') || 0;
    large.height = small.getAttribute(more + 'height') || 0;
    large.src = small.getAttribute(more ? 'data-large' : 'src');
    part('count').textContent = '第 ' + (at + 1) + ' / ' + figures.length + ' 张';
    const words = part('words');
    words.textContent = '';
    const caption = figure.querySelector('figcaption');
    if (caption) Array.prototype.forEach.call(caption.childNodes, function (node) { words.appendChild(node.cloneNode(true)) });
    const page = figure.querySelector('a > picture, a > img');
    if (page) {
      const own = make('a', 'lightbox-page', '单独看这一张');
      own.href = page.parentNode.href;
      words.appendChild(own);
    }
    part('back').disabled = at === 0;
    part('on').disabled = at === figures.length - 1;
    size(1);
    if (box.contains(document.activeElement) && document.activeElement.disabled) part('close').focus();
  }

  function hideRest(hidden) {
    Array.prototype.forEach.call(document.body.children, function (element) {
      if (element === box || element.localName === 'script') return;
      if (hidden) element.setAttribute('aria-hidden', 'true');
      else element.removeAttribute('aria-hidden');
    });
    root.classList.toggle('looking', hidden);
  }
  function open(index) {
    if (!box) build();
    before = document.activeElement;
    box.hidden = false;
    hideRest(true);
    show(index);
    part('close').focus();
    // Back closes, and does not leave the page.
    try { history.pushState(Object.assign({}, history.state, { photo: true, depth: ((history.state || {}).depth || 1) + 1 }), ''); pushed = true } catch (error) { pushed = false }
  }
  function shut() {
    if (!box || box.hidden) return;
    box.hidden = true;
    hideRest(false);
    const link = figures[at].querySelector('a, button');
    (link || before || document.body).focus();
  }
  function close() {
    if (pushed) history.back();   // popstate shuts
    else shut();
  }
  window.addEventListener('popstate', function () {
    pushed = false;
    shut();
  });

  function keys(event) {
    const task = { Escape: close, ArrowLeft: function () { show(at - 1) }, ArrowRight: function () { show(at + 1) }, Home: function () { show(0) },
      End: function () { show(figures.length - 1) }, '+': function () { size(zoom + 1) }, '=': function () { size(zoom + 1) }, '-': function () { size(zoom - 1) } }[event.key];
    // Where the photograph is larger than the screen, arrows move it.
    const moving = zoom > 1 && event.target === part('stage') && /^Arrow/.test(event.key);
    if (event.key === 'Tab') return trap(event);
    if (!task || moving || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    task();
  }
  function trap(event) {
    const all = Array.prototype.filter.call(box.querySelectorAll('button, a[href], [tabindex="0"]'), function (each) { return !each.disabled });
    const first = all[0];
    const last = all[all.length - 1];
    const here = document.activeElement;
    if (event.shiftKey && (here === first || here === box)) { event.preventDefault(); last.focus() }
    else if (!event.shiftKey && here === last) { event.preventDefault(); first.focus() }
  }

  // ---- a photograph is a link to its own page, or becomes a button
  figures.forEach(function (figure, index) {
    const image = figure.querySelector('img');
    const picture = image.closest('picture') || image;
    let way = picture.closest('a');
    if (!way) {
      way = make('button', 'look');
      way.type = 'button';
      way.setAttribute('aria-label', '放大：' + image.alt);
      picture.parentNode.insertBefore(way, picture);
      way.appendChild(picture);
    }
    way.addEventListener('click', function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(index);
    });
  });
})();
